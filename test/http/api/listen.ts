export type Event = { readonly id: string; readonly data: string };

export type Listening = {
  readonly response: Response;
  /** The next events that hold something, so many, or fewer at the end. */
  take(count: number): Promise<readonly Event[]>;
  close(): void;
};

/** Reads a stream of Server-Sent Events. */
export const listen = async (
  url: string,
  authorization: string,
  more: Readonly<Record<string, string>> = {},
): Promise<Listening> => {
  const gone = new AbortController();
  const headers = { Authorization: authorization, ...more };
  const response = await fetch(url, { headers, signal: gone.signal });
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const events: Event[] = [];
  let text = '';
  const readOn = async (): Promise<boolean> => {
    const { value, done } = await reader.read();
    text += value === undefined ? '' : Buffer.from(value).toString();
    const whole = text.split('\n\n');
    text = whole.pop() ?? '';
    events.push(...whole.map(eventOf).filter(({ data }) => data !== ''));
    return !done;
  };
  return {
    response,
    take: async (count) => {
      while (events.length < count && (await readOn()));
      return events.splice(0, count);
    },
    close: () => gone.abort(),
  };
};

const eventOf = (block: string): Event => {
  const lines = block.split('\n');
  const after = (name: string) => lines.find((line) => line.startsWith(name))?.slice(name.length) ?? '';
  return { id: after('id: '), data: after('data: ') };
};
