import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cairn, type Ran } from '../cairn.ts';

/** Imports a table, as the file `table.csv`, by `mapping.json` into the store `data` of a folder. */
export const importCsv = (
  folder: string,
  table: string | Buffer,
  mapping: string,
  ...options: string[]
): Promise<Ran> => {
  writeFileSync(join(folder, 'table.csv'), table);
  writeFileSync(join(folder, 'mapping.json'), mapping);
  return cairn(join(folder, 'data'), ...csvWords(folder, 'table.csv', ...options));
};

/** The words of that command; `-` is stdin. */
export const csvWords = (folder: string, table: string, ...options: string[]): string[] => {
  const mapping = join(folder, 'mapping.json');
  return [
    'import',
    '--as',
    'csv',
    '--mapping',
    mapping,
    ...options,
    table === '-' ? '-' : join(folder, table),
  ];
};

/** A small mapping, and a table for it. */
export const small = (more: object = {}): string =>
  JSON.stringify({
    id: 'small',
    key: 'id',
    actor: { email: '{email}' },
    verb: 'http://adlnet.gov/expapi/verbs/experienced',
    object: { id: 'https://example.org/{thing}' },
    timestamp: '{when}',
    ...more,
  });
export const HEADER = 'id,email,thing,when';
export const ROW = '1,a@example.org,x,2026-03-02T10:00:00Z';
