import { nameOf } from '../../credentials/principal.ts';
import type { MergeEntry } from '../../people/persons.ts';
import { identifierOf } from '../../statements/terms.ts';
import { reject } from '../../xapi/rejection.ts';
import { formatMicros } from '../../xapi/timestamp.ts';
import { readCount } from '../parameters.ts';
import { json, noContent } from '../reply.ts';
import type { Services } from '../services.ts';
import type { ApiHandler } from './api-exchange.ts';

type Recorded = Pick<Services, 'people'>;

const MOST_LISTED = 1000;

/** `GET people/merges`: who said when and why that identifiers are one person's or are not, oldest first. */
export const listMerges =
  ({ people }: Recorded): ApiHandler =>
  async ({ parameters }) => {
    const limit = Math.min(readCount(parameters, 'limit') || 100, MOST_LISTED);
    const after = readCount(parameters, 'after') ?? 0;
    const { persons } = await people.now();
    const found = persons.history().filter(({ position }) => position > after);
    const merges = found.slice(0, limit);
    const last = merges.at(-1);
    const more =
      found.length > limit && last !== undefined ? { more: `?after=${last.position}&limit=${limit}` } : {};
    return json({ merges: merges.map(mergeJson), ...more });
  };

const mergeJson = ({ terms, at, ...rest }: MergeEntry) => ({
  ...rest,
  at: formatMicros(at),
  identifiers: terms.map(identifierOf),
});

/** `GET requirements`: those that stand. */
export const listRequirements =
  ({ people }: Recorded): ApiHandler =>
  async () =>
    json({ requirements: (await people.now()).requirements.all() });

/** `GET cohorts`: those that stand. */
export const listCohorts =
  ({ people }: Recorded): ApiHandler =>
  async () =>
    json({ cohorts: (await people.now()).cohorts.all() });

/** `DELETE cohorts/{id}`. */
export const removeCohort =
  ({ people }: Recorded): ApiHandler =>
  async ({ argument, principal }) => {
    const { cohorts } = await people.now();
    if (cohorts.find(argument) === undefined)
      throw reject('not-found', '', `There is no cohort ${argument}.`);
    await people.record({ record: 'cohort', id: argument, remove: true }, nameOf(principal));
    return noContent;
  };
