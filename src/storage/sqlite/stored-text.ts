import { dictionary1 } from '../dictionary-1.ts';
import { textCodec } from '../text-codec.ts';

const codec = textCodec(dictionary1, 1);

/** How an entry's text (UTF-8) is kept in its row: compressed, with the number of its dictionary in front. */
export const encodeText = (text: Buffer): Buffer => codec.compress(text);

/** @throws Error for bytes that {@link encodeText} did not make. */
export const decodeText = (body: Buffer): string => codec.decompress(body).toString('utf8');
