import type { Handler } from './exchange.ts';
import { readIri, required } from './parameters.ts';
import { json } from './reply.ts';
import type { Services } from './services.ts';

/** `GET activities`: the activity as all statements together describe it; an unknown one has its id (AC-1). */
export const getActivities =
  ({ statements }: Services): Handler =>
  async ({ parameters }) => {
    required(parameters, 'activityId');
    const id = readIri(parameters, 'activityId') as string;
    const definition = await statements.definition(id);
    return json({ objectType: 'Activity', id, ...(definition === undefined ? {} : { definition }) });
  };
