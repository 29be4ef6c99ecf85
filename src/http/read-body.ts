import type { IncomingMessage } from 'node:http';
import { type Rejection, reject } from '../xapi/rejection.ts';

/**
 * The whole body of a request.
 *
 * @throws Rejection `too-large` beyond `most` bytes, `header-invalid` for a content coding that is not understood.
 */
export const readBody = (request: IncomingMessage, most: number): Promise<Buffer> =>
  new Promise((resolve, refuse) => {
    const coding = request.headers['content-encoding'];
    const announced = Number(request.headers['content-length'] ?? 0);
    if (coding !== undefined && coding !== 'identity') {
      refuse(
        reject(
          'header-invalid',
          '/Content-Encoding',
          `Content-Encoding ${coding} is not understood; send it plain.`,
        ),
      );
      return;
    }
    if (announced > most) {
      refuse(tooLarge(most));
      return;
    }
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > most) {
        chunks.length = 0;
        refuse(tooLarge(most));
      } else chunks.push(chunk);
    });
    request.on('end', () => resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)));
    const cut = () => refuse(reject('body-invalid', '', 'The request ended before its body did.'));
    request.on('error', cut);
    request.on('close', () => {
      if (!request.complete) cut();
    });
  });

const tooLarge = (most: number): Rejection =>
  reject('too-large', '', `The body is larger than ${most} bytes, the limit that CAIRN_MAX_BODY sets.`);
