/** @typedef {{ status: number, body: Buffer, closes: boolean }} Answer */

const HEAD_END = Buffer.from('\r\n\r\n');
const LAST_CHUNK = Buffer.from('0\r\n\r\n');
const NOTHING = Buffer.alloc(0);

/**
 * @param {Buffer} bytes the chunks of a chunked body
 * @returns {Buffer | undefined} undefined while the last chunk is missing
 */
const joinChunks = (bytes) => {
  if (!bytes.subarray(-LAST_CHUNK.length).equals(LAST_CHUNK)) return undefined;
  const parts = [];
  for (let at = 0; ; ) {
    const lineEnd = bytes.indexOf('\r\n', at);
    const size = lineEnd < 0 ? Number.NaN : Number.parseInt(bytes.toString('latin1', at, lineEnd), 16);
    if (size === 0) return Buffer.concat(parts);
    const end = lineEnd + 2 + size;
    if (!(end + 2 <= bytes.length)) return undefined;
    parts.push(bytes.subarray(lineEnd + 2, end));
    at = end + 2;
  }
};

/** @param {string} head status line and header lines */
const readHead = (head) => {
  const status = Number(head.slice(9, 12));
  const lower = head.toLowerCase();
  const length = /\r\ncontent-length: *(\d+)/.exec(lower)?.[1];
  const empty = status === 204 || status === 304;
  return {
    status,
    chunked: /\r\ntransfer-encoding: *chunked/.test(lower),
    closes: /\r\nconnection: *close/.test(lower),
    length: empty ? 0 : Number(length ?? 0),
  };
};

/**
 * Reads HTTP/1.1 answers from the bytes of a connection, one answer per request.
 * @param {(answer: Answer) => void} onAnswer
 * @returns {(bytes: Buffer) => void} to be called with what arrives
 */
export const createAnswerReader = (onAnswer) => {
  /** @type {Buffer[]} */
  let parts = [];
  let received = 0;
  /** @type {ReturnType<typeof readHead> | undefined} */
  let head;

  const join = () => {
    const bytes = parts.length === 1 ? /** @type {Buffer} */ (parts[0]) : Buffer.concat(parts);
    parts = [bytes];
    return bytes;
  };

  const takeHead = () => {
    const bytes = join();
    const end = bytes.indexOf(HEAD_END);
    if (end < 0) return;
    head = readHead(bytes.toString('latin1', 0, end));
    parts = [bytes.subarray(end + HEAD_END.length)];
    received = bytes.length - end - HEAD_END.length;
  };

  /** @param {ReturnType<typeof readHead>} of */
  const takeBody = ({ chunked, length }) => {
    if (chunked) return joinChunks(join());
    if (received < length) return undefined;
    return length === 0 ? NOTHING : join();
  };

  return (bytes) => {
    parts.push(bytes);
    received += bytes.length;
    if (!head) takeHead();
    const body = head && takeBody(head);
    if (!head || !body) return;
    const { status, closes } = head;
    head = undefined;
    parts = [];
    received = 0;
    onAnswer({ status, body, closes });
  };
};
