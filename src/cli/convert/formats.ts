import { suggestName } from '../../xapi/suggest-name.ts';
import { csvFormat } from './csv-format.ts';
import type { Format } from './format.ts';
import { ouladFormat } from './oulad-format.ts';
import { statementsFormat } from './statements-format.ts';

/** Everything that `cairn import --as` understands. */
export const formats: readonly Format[] = [statementsFormat, csvFormat, ouladFormat];

/** @throws Error when there is none of this name, or a mapping is missing or has no place. */
export const findFormat = (name: string, mapping: string | undefined): Format => {
  const format = formats.find((one) => one.name === name);
  const names = formats.map((one) => one.name);
  if (format === undefined) {
    const meant = suggestName(name, names);
    const hint = meant === undefined ? `There are ${names.join(', ')}.` : `Did you mean ${meant}?`;
    throw new Error(`There is no format ${name}. ${hint}`);
  }
  if (format.needsMapping && mapping === undefined) throw new Error(`--as ${name} needs --mapping FILE.`);
  if (!format.needsMapping && mapping !== undefined) throw new Error(`--as ${name} takes no --mapping.`);
  return format;
};
