import { openSource } from '../open-source.ts';
import { splitElements } from '../split-elements.ts';
import type { Format } from './format.ts';

/** Statements as they are, with attachments and documents: what `cairn export` and other LRSs write. */
export const statementsFormat: Format = {
  name: 'statements',
  explanation: 'NDJSON, JSON arrays or StatementResults, one behind the other (unless given)',
  needsMapping: false,
  open: (path, { name }) => {
    const { chunks, ...source } = openSource(path, name);
    return { ...source, elements: splitElements(chunks) };
  },
};
