import { answerQuestion } from './answer-question.ts';
import { CATALOGUE } from './catalogue.ts';
import { newDesk } from './desk.ts';
import { placesOfPersons } from './grains/person-label.ts';
import { rosterDates } from './grains/roster-dates.ts';
import type { Question } from './metrics.ts';
import { whoIsWho } from './state/who-is-who.ts';
import type { World } from './state/world.ts';

type Make = (world: World) => unknown;

/** What is known of everybody in a roster, which whoever asks first would have to wait for: about a second for 60,000 persons. */
const OF_ROSTER: readonly Make[] = [
  ({ attributes }) => attributes.known(),
  rosterDates,
  ({ scopes }) => scopes.pairs(),
  ({ attributes }) => attributes.employment(),
  ({ attributes }) => attributes.teams(),
  ...['department', 'role', 'region', 'manager'].map(
    (name): Make =>
      ({ attributes }) =>
        attributes.column(name),
  ),
];

const asking =
  (query: object): Make =>
  (world) =>
    answerQuestion({ kind: 'query', query, access: { small: true, names: true } }, world, Date.now(), {
      ...newDesk(),
      // Nobody comes for a later page.
      postpone: () => undefined,
    });

/**
 * What every metric keeps from question to question: it is made by asking for each once, as far as it can be asked for so;
 * and by month, as pictures want it, since whoever asks first would wait until the engine has compiled what groups take.
 */
const OF_METRICS: readonly Make[] = [
  (world) => placesOfPersons({ world }),
  ...CATALOGUE.ids.map((id) => asking({ metrics: [id] })),
  ...CATALOGUE.ids.map((id) => asking({ metrics: [id], time: { grain: 'month' } })),
];
const ALL = [...OF_ROSTER, ...OF_METRICS];

/** Whether a question is about learning, and not about how far metrics have come. */
export const isOfMetrics = ({ kind }: Pick<Question, 'kind'>): boolean =>
  kind !== 'freshness' && kind !== 'digest';

export type Preparing = {
  /** Told what is asked. */
  asked(question: Pick<Question, 'kind'>): void;
  /** Makes one part of a world, and answers whether there was one that has not been made of it since people became others. */
  make(world: World): boolean;
};

/** What is made while nobody asks: that of metrics once somebody has asked for any, for it needs memory. */
export const preparing = (): Preparing => {
  let isWanted = false;
  let of: World | undefined;
  let stand = '';
  let next = 0;
  return {
    asked: (question) => {
      isWanted ||= isOfMetrics(question);
    },
    make: (world) => {
      const now = whoIsWho(world);
      if (now !== stand || world !== of) next = 0;
      [of, stand] = [world, now];
      const part = (isWanted ? ALL : OF_ROSTER)[next];
      if (part === undefined) return false;
      next += 1;
      part(world);
      return true;
    },
  };
};
