import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cairn, type Ran } from './cairn.ts';

/** Imports a text, as the file `source`, into the store `data` of a folder. */
export const importHere = (
  folder: string,
  text: string | Buffer,
  ...options: readonly string[]
): Promise<Ran> => {
  writeFileSync(join(folder, 'source'), text);
  return cairn(join(folder, 'data'), 'import', ...options, join(folder, 'source'));
};

/** The statements in the store `data` of a folder, oldest first. */
export const storedHere = async (folder: string): Promise<Record<string, unknown>[]> => {
  const path = join(folder, 'stored.json');
  const options = ['--no-attachments', '--no-documents', '--no-terms', '--format', 'json', '--output', path];
  await cairn(join(folder, 'data'), 'export', ...options);
  return JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>[];
};
