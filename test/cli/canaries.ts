import { randomBytes } from 'node:crypto';

/** What must not be found again, by where it was planted. */
export type Canaries = {
  /** A new one. `secret` says that not even the sender's own answers and exports may have it. */
  plant(where: string, kind: 'secret' | 'content'): string;
  /** What was made elsewhere is one as well, such as a token; answers it. */
  watch(where: string, made: string, kind: 'secret' | 'content'): string;
  /** Where those that stand in a text, however encoded, were planted. */
  foundIn(text: string | Buffer, kind: 'secret' | 'all'): readonly string[];
};

type Planted = {
  readonly where: string;
  readonly kind: 'secret' | 'content';
  readonly shapes: readonly string[];
};

export const newCanaries = (): Canaries => {
  const planted: Planted[] = [];
  const watch: Canaries['watch'] = (where, made, kind) => {
    planted.push({ where, kind, shapes: shapesOf(made) });
    return made;
  };
  return {
    plant: (where, kind) => watch(where, `Canary${randomBytes(9).toString('hex')}`, kind),
    watch,
    foundIn: (text, kind) => {
      const searched = Buffer.isBuffer(text) ? text.toString('latin1') : text;
      return planted
        .filter((one) => kind === 'all' || one.kind === kind)
        .filter(({ shapes }) => shapes.some((shape) => searched.includes(shape)))
        .map(({ where }) => where);
    },
  };
};

/** As it is, as hex, and as base64 wherever in three bytes it begins. */
const shapesOf = (canary: string): readonly string[] => {
  const bytes = Buffer.from(canary);
  const base64 = [0, 1, 2].map((offset) => {
    // Of letters and digits it is the same as base64url.
    const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
    // Only what is of nothing but the canary's own bytes.
    return text.slice(Math.ceil((offset * 4) / 3), Math.floor(((offset + bytes.length) * 4) / 3) - 1);
  });
  return [canary, bytes.toString('hex'), ...base64];
};
