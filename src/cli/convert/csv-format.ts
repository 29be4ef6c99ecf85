import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { explainSystemError } from '../explain-system-error.ts';
import { openSource } from '../open-source.ts';
import { convertRows } from './convert-rows.ts';
import type { Format } from './format.ts';
import { readMapping } from './read-mapping.ts';

/** A table of anything, with a mapping that says what its columns mean. */
export const csvFormat: Format = {
  name: 'csv',
  explanation: 'a table with the names of its columns in the first line; needs --mapping',
  needsMapping: true,
  open: (path, { name, mapping: mappingPath = '' }) => {
    const text = contentOf(mappingPath);
    const mappingFile = basename(mappingPath);
    const mapping = readMapping(text, mappingFile);
    const { chunks, ...source } = openSource(path, name);
    const table = {
      chunks,
      file: path === '-' ? source.name : basename(path),
      columns: new Map([...mapping.columns].map(([column, place]) => [column, `${place} in ${mappingFile}`])),
      ...(mapping.delimiter === undefined ? {} : { delimiter: mapping.delimiter }),
    };
    const hash = createHash('sha256').update(text).digest('hex');
    return {
      ...source,
      elements: convertRows(table, mapping.make),
      // By another mapping, other rows are left out: that import cannot be gone on with.
      identity: source.identity === undefined ? undefined : JSON.stringify([source.identity, 'csv', hash]),
    };
  },
};

const contentOf = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw explainSystemError(error, path, '');
  }
};
