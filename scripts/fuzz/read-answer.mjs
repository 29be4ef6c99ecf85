/**
 * @typedef {object} Answer
 * @property {number} status 0 when none came
 * @property {ReadonlyMap<string, string>} headers by lower-case name
 * @property {Buffer} body
 * @property {number} length of the answer, in bytes
 */

const HEAD_END = Buffer.from('\r\n\r\n');

const readHead = (text) => {
  const [first, ...lines] = text.split('\r\n');
  const status = Number(/^HTTP\/1\.1 (\d{3})\b/.exec(first)?.[1] ?? Number.NaN);
  const headers = new Map(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  return { status, headers };
};

const readChunks = (bytes, from) => {
  const parts = [];
  for (let at = from; ; ) {
    const lineEnd = bytes.indexOf('\r\n', at);
    if (lineEnd < 0) return undefined;
    const size = Number.parseInt(bytes.toString('latin1', at, lineEnd), 16);
    const end = lineEnd + 2 + size;
    if (end + 2 > bytes.length) return undefined;
    if (size === 0) return { body: Buffer.concat(parts), length: end + 2 };
    parts.push(bytes.subarray(lineEnd + 2, end));
    at = end + 2;
  }
};

const readBody = (bytes, from, { status, headers }, isHead) => {
  if (isHead || status === 204 || status === 304) return { body: Buffer.alloc(0), length: from };
  if (headers.get('transfer-encoding') === 'chunked') return readChunks(bytes, from);
  const end = from + Number(headers.get('content-length') ?? 0);
  return end > bytes.length ? undefined : { body: bytes.subarray(from, end), length: end };
};

/** How long the first answer will be, as far as it says so already; 0 when it does not. */
export const announcedLength = (bytes) => {
  const end = bytes.indexOf(HEAD_END);
  if (end < 0) return 0;
  const { headers } = readHead(bytes.toString('latin1', 0, end));
  return end + HEAD_END.length + Number(headers.get('content-length') ?? 0);
};

/**
 * The first whole answer in the bytes that came; interim ones are passed over.
 * @param {Buffer} bytes
 * @param {boolean} isHead whether the request was a HEAD
 * @returns {Answer | undefined} undefined while it is not whole
 */
export const readAnswer = (bytes, isHead) => {
  const end = bytes.indexOf(HEAD_END);
  if (end < 0) return undefined;
  const head = readHead(bytes.toString('latin1', 0, end));
  const from = end + HEAD_END.length;
  if (head.status < 200) {
    const later = readAnswer(bytes.subarray(from), isHead);
    return later && { ...later, length: later.length + from };
  }
  const body = readBody(bytes, from, head, isHead);
  return body && { ...head, ...body };
};
