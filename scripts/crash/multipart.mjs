/** The parts of an answer or a request with statements first and attachments after them. */

/**
 * @param {string} statements JSON text
 * @param {readonly { sha2: string, contentType: string, body: Buffer }[]} files
 * @param {string} boundary that occurs in none of them
 */
export const writeParts = (statements, files, boundary) => {
  const pieces = [Buffer.from(`--${boundary}\r\nContent-Type: application/json\r\n\r\n${statements}\r\n`)];
  for (const { sha2, contentType, body } of files) {
    const head = `Content-Type: ${contentType}\r\nContent-Transfer-Encoding: binary\r\nX-Experience-API-Hash: ${sha2}`;
    pieces.push(Buffer.from(`--${boundary}\r\n${head}\r\n\r\n`), body, Buffer.from('\r\n'));
  }
  pieces.push(Buffer.from(`--${boundary}--\r\n`));
  return { contentType: `multipart/mixed; boundary=${boundary}`, body: Buffer.concat(pieces) };
};

/**
 * The attachments of an answer: sha2 → bytes.
 * @param {string} contentType
 * @param {Buffer} body
 * @returns {Map<string, Buffer>}
 */
export const readAttachments = (contentType, body) => {
  const delimiter = `\r\n--${/boundary="?([^";]+)/.exec(contentType)?.[1]}`;
  const found = new Map();
  let from = body.indexOf(delimiter);
  while (from >= 0) {
    const end = body.indexOf(delimiter, from + delimiter.length);
    if (end < 0) break;
    const part = body.subarray(from + delimiter.length + 2, end);
    const content = part.indexOf('\r\n\r\n');
    const hash = /x-experience-api-hash: *([0-9a-f]+)/i.exec(
      part.subarray(0, content).toString('latin1'),
    )?.[1];
    if (hash !== undefined) found.set(hash, part.subarray(content + 4));
    from = end;
  }
  return found;
};
