import { randomUUID } from 'node:crypto';
import type { Asking } from './principals.ts';
import { ANY_LAUNCH, type Standing, TARGET } from './standing.ts';
import { changeOf, REGISTRATION, statementAbout, type World } from './world.ts';

/** A request that only who asks can spoil. */
export type Good = {
  /** Below the endpoint. */
  readonly path: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly body?: string;
};

const VOIDED = 'http://adlnet.gov/expapi/verbs/voided';

/** One to an endpoint of xAPI. */
export const goodXapi = (method: string, path: string, what: string, world: World): Good => {
  if (path === 'statements/more') return { path: world.more.replace('/xapi/', ''), parameters: {} };
  if (path === 'statements') return goodStatements(method, what, world);
  const {
    agent = world.learner,
    registration = REGISTRATION,
    activityId = world.course,
  } = changeOf(what, world);
  const isStored = /^(PUT|POST)$/.test(method);
  const body = isStored ? { body: '{"a":1}' } : {};
  const id = isStored || (method === 'DELETE' && !what.startsWith('all')) ? randomUUID() : undefined;
  const named = (name: string) => (id === undefined ? {} : { [name]: id });
  const parameters: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
    'activities/state': { activityId, agent, registration, ...named('stateId') },
    'activities/profile': { activityId, ...named('profileId') },
    'agents/profile': { agent, ...named('profileId') },
    activities: { activityId },
    agents: { agent },
  };
  return { path, parameters: parameters[path] ?? {}, ...body };
};

const goodStatements = (method: string, what: string, world: World): Good => {
  const path = 'statements';
  if (method === 'GET' && what === 'a list') return { path, parameters: { verb: world.seenVerb } };
  if (method !== 'PUT' && method !== 'POST')
    return { path, parameters: { statementId: world.stored[what] ?? randomUUID() } };
  const isVoiding = what.startsWith('voiding');
  const statement = isVoiding
    ? statementAbout(world, 'own', {
        verb: { id: VOIDED },
        object: { objectType: 'StatementRef', id: world.target },
      })
    : statementAbout(world, what, what === 'own' ? { object: describedIn(world) } : {});
  const parameters = method === 'PUT' ? { statementId: statement.id } : {};
  return { path, parameters, body: JSON.stringify(statement) };
};

/** The activity that is described on the way, if it may be. */
export const describedIn = ({ course }: World) => ({
  id: `${course}/described`,
  definition: { type: 'https://example.org/types/described' },
});

/** One to `/api/v1`. What is done takes away or changes something that is made for it. */
export const goodApi = async (
  standing: Standing,
  { authorization = '', world }: Asking,
  [method, path, what]: readonly [string, string, string, ...unknown[]],
  isDone: boolean,
): Promise<Good> => {
  const body = BODIES[`${method} ${path}`];
  return {
    path: path.replace(/\{.*\}/, await argumentOf(standing, authorization, path, what, isDone)),
    parameters: method === 'GET' ? (parametersOf(world)[path] ?? {}) : {},
    ...(body === undefined ? {} : { body: body(world) }),
  };
};

const argumentOf = async (
  standing: Standing,
  authorization: string,
  path: string,
  what: string,
  isDone: boolean,
): Promise<string> => {
  const { cairn, key, quarantined } = standing;
  switch (path.slice(0, path.indexOf('/'))) {
    case 'metrics':
      return 'enrolments.count';
    case 'dimensions':
      return what === 'persons' ? 'person' : 'course';
    case 'forwards':
      return TARGET;
    case 'quarantine':
      return isDone ? standing.quarantine() : quarantined;
    case 'cohorts':
      return isDone ? cohortIn(standing) : 'none';
    case 'credentials':
      return isDone ? (await cairn.key('state')).id : key;
    case 'launches':
      return launchMeant(standing, authorization, what, isDone);
    default:
      return '';
  }
};

const cohortIn = async ({ cairn }: Standing): Promise<string> => {
  await cairn.services.people.record({ record: 'cohort', id: 'made', list: [] }, 'nobody');
  return 'made';
};

const launchMeant = async (
  { cairn, launches, launch, key }: Standing,
  authorization: string,
  what: string,
  isDone: boolean,
): Promise<string> => {
  if (what.startsWith('no launch')) return key;
  if (!isDone) return launches[what as keyof typeof launches] ?? launches['of another key'];
  const maker = what === 'own' ? authorization : (await cairn.key('launch')).authorization;
  return (await launch(maker, ANY_LAUNCH)).id;
};

const parametersOf = ({
  seenVerb: verb,
  stored,
}: World): Readonly<Record<string, Readonly<Record<string, unknown>>>> => ({
  statements: { ids: Object.values(stored).join(',') },
  'statements/count': { verb },
  'statements/stream': { verb, after: 0 },
  query: { q: Buffer.from(JSON.stringify(OF_FEW)).toString('base64url') },
});

/** Enrolments of one person in each world. */
const OF_FEW = { metrics: 'enrolments.count', dimensions: ['course'], totals: false };

const BODIES: Readonly<Record<string, (world: World) => string>> = {
  'POST credentials': () => '{"label":"made","scopes":["state"]}',
  'PATCH credentials/{id}': () => '{"label":"changed"}',
  'POST launches': () => ANY_LAUNCH,
  'POST query': () => JSON.stringify(OF_FEW),
  'POST explain': () => JSON.stringify(OF_FEW),
  'POST exports': () => JSON.stringify({ query: OF_FEW, format: 'csv' }),
  'POST evidence': () => JSON.stringify({ query: OF_FEW }),
  'POST people/merges': ({ learner }) => JSON.stringify({ identifiers: [learner, learner], why: 'x' }),
  'POST people/splits': ({ learner }) => JSON.stringify({ identifiers: [learner], why: 'x' }),
  'POST people/roster': ({ learner }) => JSON.stringify({ rows: [{ identifier: learner }] }),
  'POST requirements': () => '{"requirements":[{"id":"r","skill":"s"}]}',
  'POST skills': () => '{"skills":[{"id":"s"}]}',
  'POST cohorts': () => '{"id":"c","list":[]}',
  'POST courses': () => '{"remove":["https://example.org/none"]}',
  'POST targets': () => '{"targets":[{"metric":"m","value":1}]}',
  'POST signals': () => '{"table":{}}',
  'POST quarantine/{id}/statements': (world) => JSON.stringify(statementAbout(world, 'of another verb')),
};
