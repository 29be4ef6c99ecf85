import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { openSource, type Source } from '../open-source.ts';
import type { SourceElement } from '../source-element.ts';
import { convertRows } from './convert-rows.ts';
import type { Format } from './format.ts';
import { ouladRows } from './oulad-rows.ts';
import { TABLES, type TableName } from './oulad-tables.ts';

/**
 * The Open University Learning Analytics Dataset (Kuzilek, Hlosta, Zdrahal 2017): enrolments, results, withdrawals and
 * submissions. What it says of its learners (gender, region, age …) stays where it is.
 */
export const ouladFormat: Format = {
  name: 'oulad',
  explanation: 'the folder of the Open University Learning Analytics Dataset, its CSV files gzipped or not',
  needsMapping: false,
  open: (folder, { name }) => {
    const sources = names.map((table) => [table, openTable(folder, table)] as const);
    const each = sources.map(([, source]) => source);
    return {
      elements: convert(new Map(sources)),
      size: each.reduce<number | undefined>((all, { size }) => sum(all, size), 0),
      taken: () => each.reduce((all, source) => all + source.taken(), 0),
      identity: JSON.stringify(name === undefined ? each.map(({ identity }) => identity) : [name, 'oulad']),
      name: name ?? basename(resolve(folder)),
    };
  },
};

const names = Object.keys(TABLES) as TableName[];

const sum = (one: number | undefined, other: number | undefined): number | undefined =>
  one === undefined || other === undefined ? undefined : one + other;

const openTable = (folder: string, table: TableName): Source => {
  const plain = join(folder, `${table}.csv`);
  return openSource(existsSync(plain) ? plain : `${plain}.gz`, undefined);
};

const columnsOf = (table: TableName): ReadonlyMap<string, string> =>
  new Map(TABLES[table].map((column) => [column, 'the dataset has it']));

async function* convert(sources: ReadonlyMap<TableName, Source>): AsyncGenerator<SourceElement> {
  const rows = ouladRows();
  for (const [table, { chunks }] of sources) {
    const source = { chunks, file: `${table}.csv`, columns: columnsOf(table), delimiter: ',' };
    yield* convertRows(source, rows[table]);
    if (table === 'studentRegistration') yield* rows.unregistrable();
  }
}
