import { CsvError, parse } from 'csv-parse/sync';

export type Cells = readonly string[];

/** One record of a CSV text and the line on which it begins, from 1. */
export type CsvLine = { readonly cells: Cells; readonly line: number };

/** The lines from which no record could be read, and why. */
export type CsvText = {
  readonly lines: readonly CsvLine[];
  readonly unread: readonly { readonly line: number; readonly reason: string }[];
};

/** So many lines may have quotes that are not right; what comes behind them is not looked at. */
const MOST_UNREAD = 100;

const QUOTES =
  'A quotation mark is not closed, or something stands behind one that closes. Within quotes it is doubled.';

/**
 * All records that have anything in them, with a line feed for every end of a line, whatever separates their cells (comma, semicolon or tab, whichever stands most
 * often in the first line). Behind a line that cannot be read it goes on with the next.
 */
export const csvLines = (source: string): CsvText => {
  const text = source.replace(/\r\n?/g, '\n');
  const delimiter = delimiterOf(text);
  const lines: CsvLine[] = [];
  const unread: { line: number; reason: string }[] = [];
  const starts = startsOfLines(text);
  for (let passed = 0; passed < starts.length; ) {
    const end = readFrom(text.slice(starts[passed]), passed, delimiter, lines);
    if (end === undefined) break;
    const line = firstFilled(text, starts, end, delimiter);
    const isLast = unread.length === MOST_UNREAD;
    unread.push({ line: line + 1, reason: isLast ? `${QUOTES} Nothing behind it was read.` : QUOTES });
    if (isLast) break;
    passed = line + 1;
  }
  return { lines, unread };
};

/** Reads records and answers undefined, or how many lines have been read before one that cannot be. */
const readFrom = (text: string, passed: number, delimiter: string, lines: CsvLine[]): number | undefined => {
  let end = passed;
  try {
    parse(text, {
      delimiter,
      record_delimiter: '\n',
      relax_column_count: true,
      skip_records_with_empty_values: true,
      on_record: (cells: Cells, { lines: last }) => {
        end = passed + last;
        lines.push({ cells, line: end - lineFeedsIn(cells) });
        return null;
      },
    });
    return undefined;
  } catch (error) {
    if (error instanceof CsvError) return end;
    throw error;
  }
};

const lineFeedsIn = (cells: Cells): number => cells.join('').split('\n').length - 1;

const startsOfLines = (text: string): readonly number[] => {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
};

/** The first line from some line on that has anything in it. */
const firstFilled = (text: string, starts: readonly number[], from: number, delimiter: string): number => {
  const isEmpty = (at: number) =>
    at < starts.length - 1 &&
    text
      .slice(starts[at], starts[at + 1])
      .replaceAll(delimiter, '')
      .trim() === '';
  let at = from;
  while (isEmpty(at)) at += 1;
  return at;
};

/** The one that stands most often in the first line, outside of quotes. */
const delimiterOf = (text: string): string => {
  const [first = ''] = text.trimStart().split('\n', 1);
  const header = first.replace(/"[^"]*"/g, '');
  const count = (delimiter: string) => header.split(delimiter).length;
  return [',', ';', '\t'].reduce((best, one) => (count(one) > count(best) ? one : best));
};
