/** Bytes that come in chunks, and of which what was not needed can be given back. */
export type HeldBytes = {
  /** The next of them, never an empty chunk; undefined at the end. */
  next(): Promise<Buffer | undefined>;
  giveBack(bytes: Buffer): void;
  /** At least so many of them, or all that are left; they are still there afterwards. */
  peek(least: number): Promise<Buffer>;
  /** No more of them are wanted. */
  end(): Promise<void>;
};

export const heldBytes = (chunks: AsyncIterable<Buffer>): HeldBytes => {
  const coming = chunks[Symbol.asyncIterator]();
  let held: Buffer = Buffer.alloc(0);

  const next = async (): Promise<Buffer | undefined> => {
    const bytes = held;
    held = Buffer.alloc(0);
    if (bytes.length > 0) return bytes;
    for (;;) {
      const { done, value } = await coming.next();
      if (done === true) return undefined;
      if (value.length > 0) return value;
    }
  };

  return {
    next,
    giveBack: (bytes) => {
      held = bytes;
    },
    peek: async (least) => {
      const gathered: Buffer[] = [];
      for (let length = 0; length < least; ) {
        const bytes = await next();
        if (bytes === undefined) break;
        gathered.push(bytes);
        length += bytes.length;
      }
      held = gathered.length === 1 ? (gathered[0] as Buffer) : Buffer.concat(gathered);
      return held;
    },
    end: async () => {
      await coming.return?.();
    },
  };
};
