import type { Principal } from '../credentials/principal.ts';
import type { Scope } from '../credentials/scope.ts';
import { type Rejection, reject } from '../xapi/rejection.ts';

const WRITE_STATEMENTS: readonly Scope[] = ['all', 'statements/write'];
const READ_STATEMENTS: readonly Scope[] = ['all', 'all/read', 'statements/read', 'statements/read/mine'];
const READ_ALL_STATEMENTS: readonly Scope[] = ['all', 'all/read', 'statements/read'];
const READ_STATE: readonly Scope[] = ['all', 'all/read', 'state'];
const WRITE_STATE: readonly Scope[] = ['all', 'state'];
const READ_PROFILE: readonly Scope[] = ['all', 'all/read', 'profile'];
const WRITE_PROFILE: readonly Scope[] = ['all', 'profile'];
const READ_PERSONS: readonly Scope[] = ['all', 'all/read', 'statements/read', 'profile'];
/** Those that may know what anybody has said of an activity. */
const KNOW_ACTIVITIES: readonly Scope[] = [
  'all',
  'all/read',
  'statements/read',
  'state',
  'define',
  'profile',
];
const READ_ACTIVITIES: readonly Scope[] = [...KNOW_ACTIVITIES, 'statements/read/mine'];

const LAUNCH: readonly Scope[] = ['all', 'launch'];
const ADMIN: readonly Scope[] = ['admin'];
const READ_METRICS: readonly Scope[] = [
  'all',
  'all/read',
  'metrics/read',
  'metrics/read/small',
  'metrics/evidence',
];
const READ_EVIDENCE: readonly Scope[] = ['all', 'all/read', 'metrics/evidence'];
const PEOPLE: readonly Scope[] = ['people', 'admin'];

/** Who may call what: one of the scopes is enough (xAPI 1.0.3 Communication 4.2). A route without a row does not boot. */
export const POLICY = {
  'PUT statements': WRITE_STATEMENTS,
  'POST statements': WRITE_STATEMENTS,
  'GET statements': READ_STATEMENTS,
  'GET statements/more': READ_STATEMENTS,
  'GET activities/state': READ_STATE,
  'PUT activities/state': WRITE_STATE,
  'POST activities/state': WRITE_STATE,
  'DELETE activities/state': WRITE_STATE,
  'GET activities/profile': READ_PROFILE,
  'PUT activities/profile': WRITE_PROFILE,
  'POST activities/profile': WRITE_PROFILE,
  'DELETE activities/profile': WRITE_PROFILE,
  'GET agents/profile': READ_PROFILE,
  'PUT agents/profile': WRITE_PROFILE,
  'POST agents/profile': WRITE_PROFILE,
  'DELETE agents/profile': WRITE_PROFILE,
  'GET activities': READ_ACTIVITIES,
  'GET agents': READ_PERSONS,
  'GET about': 'public',
  'GET metrics': ADMIN,
  'GET /api/v1/openapi.json': 'public',
  'GET /api/v1/status': ADMIN,
  'GET /api/v1/credentials': ADMIN,
  'POST /api/v1/credentials': ADMIN,
  'GET /api/v1/credentials/{id}': ADMIN,
  'PATCH /api/v1/credentials/{id}': ADMIN,
  'DELETE /api/v1/credentials/{id}': ADMIN,
  'POST /api/v1/credentials/{id}/secret': ADMIN,
  'GET /api/v1/forwards': ADMIN,
  'GET /api/v1/forwards/{name}/dead-letters': ADMIN,
  'POST /api/v1/forwards/{name}/retries': ADMIN,
  'POST /api/v1/forwards/{name}/discards': ADMIN,
  'POST /api/v1/launches': LAUNCH,
  'GET /api/v1/launches': LAUNCH,
  'DELETE /api/v1/launches/{id}': LAUNCH,
  'GET /api/v1/statements': READ_STATEMENTS,
  'GET /api/v1/statements/count': READ_STATEMENTS,
  'GET /api/v1/statements/stream': READ_ALL_STATEMENTS,
  'GET /api/v1/metrics': READ_METRICS,
  'GET /api/v1/metrics/{id}': READ_METRICS,
  'GET /api/v1/dimensions': READ_METRICS,
  'GET /api/v1/dimensions/{name}/values': READ_METRICS,
  'GET /api/v1/query': READ_METRICS,
  'POST /api/v1/query': READ_METRICS,
  'POST /api/v1/explain': READ_METRICS,
  'POST /api/v1/exports': READ_METRICS,
  'POST /api/v1/evidence': READ_EVIDENCE,
  'GET /api/v1/freshness': READ_METRICS,
  'GET /api/v1/quarantine': ADMIN,
  'GET /api/v1/quarantine/{id}': ADMIN,
  'DELETE /api/v1/quarantine/{id}': ADMIN,
  'POST /api/v1/quarantine/{id}/statements': ADMIN,
  'GET /api/v1/people/merges': PEOPLE,
  'POST /api/v1/people/merges': PEOPLE,
  'POST /api/v1/people/splits': PEOPLE,
  'POST /api/v1/people/roster': PEOPLE,
  'GET /api/v1/requirements': PEOPLE,
  'POST /api/v1/requirements': PEOPLE,
  'POST /api/v1/skills': PEOPLE,
  'GET /api/v1/cohorts': PEOPLE,
  'POST /api/v1/cohorts': PEOPLE,
  'DELETE /api/v1/cohorts/{id}': PEOPLE,
  'POST /api/v1/courses': PEOPLE,
  'POST /api/v1/targets': PEOPLE,
  'POST /api/v1/signals': PEOPLE,
} as const satisfies Readonly<Record<string, readonly Scope[] | 'public'>>;

export type RouteName = keyof typeof POLICY;

/** Whether no credentials are asked for there. */
export const isPublic = (route: RouteName): boolean => POLICY[route] === 'public';

/** @throws Rejection `forbidden` naming the scopes of which one would do. */
export const authorise = (route: RouteName, { scopes }: Principal): void => {
  const allowed: readonly Scope[] | 'public' = POLICY[route];
  if (allowed === 'public' || scopes.some((scope) => allowed.includes(scope))) return;
  throw forbidden(`This key has ${scopes.join(', ') || 'no scopes'}; it needs one of ${allowed.join(', ')}.`);
};

export const has = ({ scopes }: Principal, ...wanted: readonly Scope[]): boolean =>
  scopes.some((scope) => wanted.includes(scope));

/** Whether what others have said of activities may be told: who may see only some statements learns nothing of it. */
export const knowsActivities = (principal: Principal): boolean =>
  principal.bounds === undefined && has(principal, ...KNOW_ACTIVITIES);

/** Whether of all statements only its own may be told. */
export const readsOnlyMine = (principal: Principal): boolean =>
  !has(principal, 'all', 'all/read', 'statements/read');

/** Whether there are statements that it may not see. */
export const seesOnlySome = (principal: Principal): boolean =>
  principal.bounds !== undefined || readsOnlyMine(principal);

const forbidden = (message: string): Rejection => reject('forbidden', '', message, 'Communication 4.2');
