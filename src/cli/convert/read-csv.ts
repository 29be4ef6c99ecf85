import { pipeline, Readable } from 'node:stream';
import { type Parser, parse } from 'csv-parse';
import { suggestName } from '../../xapi/suggest-name.ts';
import { heldBytes } from '../held-bytes.ts';
import { findDelimiter } from './find-delimiter.ts';
import { type Row, rowOf, type Table } from './row.ts';

export type CsvSource = {
  readonly chunks: AsyncIterable<Buffer>;
  /** What the file is called. */
  readonly file: string;
  /** The columns that it has to have, and who asks for them; others are passed over. */
  readonly columns: ReadonlyMap<string, string>;
  /** What stands between two cells; found out if it is not given. */
  readonly delimiter?: string;
};

/** In characters: a row that is longer has a quote that does not end. */
const LONGEST = 1_048_576;

type Parsed = {
  readonly record: readonly string[];
  readonly raw: string;
  readonly info: { readonly lines: number };
  /** The rest of the file cannot be read. */
  readonly isCutOff?: true;
};

/**
 * The rows of a CSV file (RFC 4180, with or without a byte order mark) below the names of its columns. Rows without
 * anything in them are passed over; a row that has not as many cells as there are columns, or is not UTF-8, has
 * problems, and so has one with a quote that does not end. Never holds more than a chunk and its rows.
 *
 * @throws Error when a column is not there, or stands there twice.
 */
export async function* readCsv(
  source: CsvSource,
): AsyncGenerator<{ readonly row: Row; readonly table: Table }> {
  const { file } = source;
  let table: Table | undefined;
  let placeOf: ReadonlyMap<string, number> = new Map();
  for await (const { record, raw, info, isCutOff } of parsed(source)) {
    const text = raw.replace(/^\ufeff?[\r\n]*|[\r\n]+$/g, '');
    if (table === undefined) {
      table = { file, header: text };
      placeOf = placesOf(record, source);
      continue;
    }
    if (record.every((cell) => cell.trim() === '')) continue;
    const row = rowOf(record, placeOf, info.lines - newLinesIn(text), text);
    if (isCutOff === undefined) checkShape(row, record, [...placeOf.keys()]);
    else
      row.refuse('', 'A quote that is opened in this row does not end: the rest of the file cannot be read.');
    yield { row, table };
  }
  if (table === undefined) throw new Error(`${file} is empty.`);
}

async function* parsed({ chunks, file, delimiter }: CsvSource): AsyncGenerator<Parsed> {
  const bytes = heldBytes(chunks);
  /** The line on which it was found that a quote does not end. */
  let cutOffAt = Number.POSITIVE_INFINITY;
  const parser: Parser = parse({
    delimiter: [delimiter ?? (await findDelimiter(bytes, file))],
    bom: true,
    info: true,
    raw: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: LONGEST,
    // Else what has been read before would be lost with the error.
    skip_records_with_error: true,
    on_skip: (error) => {
      cutOffAt = Math.min(cutOffAt, Number(error?.['lines']));
    },
  });
  async function* rest(): AsyncGenerator<Buffer> {
    try {
      for (let chunk = await bytes.next(); chunk !== undefined; chunk = await bytes.next()) yield chunk;
    } finally {
      await bytes.end();
    }
  }
  pipeline(Readable.from(rest(), { highWaterMark: 1 }), parser, () => undefined);
  let lines = 0;
  for await (const one of parser as AsyncIterable<Parsed>) {
    if (one.info.lines >= cutOffAt) break;
    lines = one.info.lines;
    yield one;
  }
  if (cutOffAt < Number.POSITIVE_INFINITY) {
    yield { record: ['"'], raw: '', info: { lines: lines + 1 }, isCutOff: true };
  }
}

const newLinesIn = (text: string): number => (text.includes('\n') ? text.split('\n').length - 1 : 0);

const placesOf = (record: readonly string[], { file, columns }: CsvSource): ReadonlyMap<string, number> => {
  const names = record.map((name) => name.trim());
  const known = names.filter((name) => name !== '');
  const twice = known.filter((name, at) => known.indexOf(name) < at);
  const problems = [
    ...twice.map((name) => `${file} has two columns ${JSON.stringify(name)}.`),
    ...[...columns]
      .filter(([column]) => !known.includes(column))
      .map(
        ([column, asker]) =>
          `${file} has no column ${JSON.stringify(column)} (${asker}). ${hintOf(column, known)}`,
      ),
  ];
  if (problems.length > 0) throw new Error(problems.join('\n'));
  // Columns without a name are counted, but cannot be asked for.
  return new Map(names.map((name, place) => [name === '' ? `\u0000${place}` : name, place]));
};

const hintOf = (column: string, known: readonly string[]): string => {
  const meant = suggestName(column, known);
  return meant === undefined
    ? `It has ${known.map((name) => JSON.stringify(name)).join(', ')}.`
    : `Did you mean ${JSON.stringify(meant)}?`;
};

const checkShape = (row: Row, record: readonly string[], columns: readonly string[]): void => {
  const surplus = record.slice(columns.length).some((cell) => cell.trim() !== '');
  if (record.length < columns.length || surplus) {
    row.refuse('', `There are ${record.length} cells, but ${columns.length} columns.`);
  }
  if (!row.text.includes('\ufffd')) return;
  const at = record.findIndex((cell) => cell.includes('\ufffd'));
  row.refuse(columns[at] ?? '', 'This is not UTF-8. Save the file as CSV in UTF-8.');
};
