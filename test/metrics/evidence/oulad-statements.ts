import { join } from 'node:path';
import { ouladFormat } from '../../../src/cli/convert/oulad-format.ts';
import { DATA } from '../statistics/golden.ts';

const COURSE = 'modules/AAA/presentations/2013J';

/** Everything that an import makes of one presentation: results, registrations and submissions. */
export const ouladStatements = async (): Promise<readonly object[]> => {
  const { elements } = ouladFormat.open(join(DATA, 'oulad'), { name: undefined, mapping: undefined });
  const found: object[] = [];
  for await (const { bytes } of elements) {
    const text = bytes.toString();
    const isOfIt = text.includes(COURSE);
    if (isOfIt) found.push(JSON.parse(text) as object);
    // Submissions come last, and those of this presentation first of them.
    else if (text.includes('/verbs/scored')) break;
  }
  return found;
};
