import type { HeldBytes } from '../held-bytes.ts';

/** Within how many bytes the names of the columns have to end. */
const HEAD = 65_536;

/** What may stand between two cells. */
export const DELIMITERS = [',', ';', '\t'] as const;

/**
 * What stands between the cells: whichever of comma, semicolon and tab is most frequent in the first line, outside of
 * quotes.
 *
 * @throws Error when the text is UTF-16, as some programs save it.
 */
export const findDelimiter = async (bytes: HeldBytes, file: string): Promise<string> => {
  const head = (await bytes.peek(HEAD)).subarray(0, HEAD);
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) {
    throw new Error(`${file} is UTF-16. Save it as CSV in UTF-8.`);
  }
  const line = head
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .replace(/^\s*\n/, '');
  const names = line.replace(/"(?:[^"]|"")*"/g, '').split(/\r|\n/, 1)[0] as string;
  const counts = DELIMITERS.map((delimiter) => names.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] as string;
};
