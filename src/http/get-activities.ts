import type { Handler } from './exchange.ts';
import { readIri, required } from './parameters.ts';
import { knowsActivities } from './policy.ts';
import { json } from './reply.ts';
import type { Services } from './services.ts';

/**
 * `GET activities`: the activity as all statements together describe it; an unknown one has its id (AC-1), and so has
 * every one for who may read only its own statements.
 */
export const getActivities =
  ({ statements }: Services): Handler =>
  async ({ parameters, principal }) => {
    required(parameters, 'activityId');
    const id = readIri(parameters, 'activityId') as string;
    const definition = knowsActivities(principal) ? await statements.definition(id) : undefined;
    return json({ objectType: 'Activity', id, ...(definition === undefined ? {} : { definition }) });
  };
