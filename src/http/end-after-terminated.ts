import type { Principal } from '../credentials/principal.ts';
import type { SentStatement } from '../xapi/read-statements.ts';
import type { Services } from './services.ts';

/** The last statement of a session (cmi5 9.3.8). */
const TERMINATED = 'http://adlnet.gov/expapi/verbs/terminated';
/** How long what was under way may still arrive, in milliseconds. */
const GRACE = 5 * 60_000;

/** The credential of a launch ends soon after its content has said that the session has. */
export const endAfterTerminated = async (
  { credentials }: Pick<Services, 'credentials'>,
  { bounds, credential }: Principal,
  statements: readonly SentStatement[],
): Promise<void> => {
  if (bounds === undefined || credential === '') return;
  if (!statements.some(({ statement }) => statement.verb.id === TERMINATED)) return;
  const end = (Date.now() + GRACE) * 1000;
  if (end < (credentials.find(credential)?.expires ?? Number.POSITIVE_INFINITY))
    await credentials.change(credential, { expires: end });
};
