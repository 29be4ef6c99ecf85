import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Reply } from './exchange.ts';

const compress = promisify(gzip);

/** In characters: what is shorter is not worth it. */
const WORTH_IT = 2048;
/** Text of statements gets hardly smaller above that, and takes twice as long. */
const LEVEL = 2;

/** The same answer compressed, for who takes that. Documents stay as they are: their ETag is that of their bytes. */
export const gzipReply = async (reply: Reply, acceptEncoding: string | undefined): Promise<Reply> => {
  const { body, headers } = reply;
  if (typeof body !== 'string' || body.length < WORTH_IT || !takesGzip(acceptEncoding)) return reply;
  const encoded = { Vary: 'Origin, Accept-Encoding', ...headers, 'Content-Encoding': 'gzip' };
  return { ...reply, headers: encoded, body: await compress(body, { level: LEVEL }) };
};

/** RFC 9110 12.5.3, as far as anybody goes. */
const takesGzip = (accepted = ''): boolean =>
  accepted
    .toLowerCase()
    .split(',')
    .some((one) => /^\s*(x-)?gzip\s*(;\s*q=(1(\.0+)?|0?\.\d*[1-9]\d*)\s*)?$/.test(one));
