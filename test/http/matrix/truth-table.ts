import type { Scope } from '../../../src/credentials/scope.ts';

/** What each column of the table stands for: every scope alone, none, and some that are given together. */
export const COLUMNS: readonly (readonly Scope[])[] = [
  ['all'],
  ['all/read'],
  ['statements/write'],
  ['statements/read'],
  ['statements/read/mine'],
  ['state'],
  ['define'],
  ['profile'],
  ['launch'],
  ['metrics/read'],
  ['audit/read'],
  ['admin'],
  [],
  ['all', 'admin'],
  ['launch', 'admin'],
  ['statements/write', 'statements/read/mine'],
];

/**
 * Of each column one letter: `y` it is done, `.` 403, `4` 404 (it is not there for them). Of an activity `i` is the id
 * alone, of launches `a` those of everybody.
 */
type Letters = string;

/**
 * Who may what, written by hand from xAPI 1.0.3 Communication 4.2, the README and what a launch is bound to: for keys
 * and tokens of services, for tokens that are bound to a learner, and for launches, which are bound to a learner, a
 * registration, an activity and verbs as well. At last the status when it is done.
 */
export type Row = readonly [
  method: string,
  path: string,
  what: string,
  free: Letters,
  learner: Letters,
  launched: Letters,
  status: number,
];

const NEVER = '................';
const ALWAYS = 'yyyyyyyyyyyyyyyy';

/** Below an endpoint of xAPI. */
export const XAPI_ROWS: readonly Row[] = [
  ['PUT', 'statements', 'own', 'y.y..........y.y', 'y.y..........y.y', 'y.y..........y.y', 204],
  ['PUT', 'statements', 'of another learner', 'y.y..........y.y', NEVER, NEVER, 204],
  ['PUT', 'statements', 'of another registration', 'y.y..........y.y', 'y.y..........y.y', NEVER, 204],
  ['PUT', 'statements', 'of another activity', 'y.y..........y.y', 'y.y..........y.y', NEVER, 204],
  ['PUT', 'statements', 'of another verb', 'y.y..........y.y', 'y.y..........y.y', NEVER, 204],
  ['POST', 'statements', 'own', 'y.y..........y.y', 'y.y..........y.y', 'y.y..........y.y', 200],
  ['POST', 'statements', 'of another learner', 'y.y..........y.y', NEVER, NEVER, 200],
  ['POST', 'statements', 'of another registration', 'y.y..........y.y', 'y.y..........y.y', NEVER, 200],
  ['POST', 'statements', 'of another activity', 'y.y..........y.y', 'y.y..........y.y', NEVER, 200],
  ['POST', 'statements', 'of another verb', 'y.y..........y.y', 'y.y..........y.y', NEVER, 200],
  ['POST', 'statements', 'voiding what another stored', 'y............y..', NEVER, NEVER, 200],
  ['GET', 'statements', 'own', 'yy.yy........y.y', 'yy.yy........y.y', 'yy.yy........y.y', 200],
  ['GET', 'statements', 'stored by another', 'yy.y4........y.4', 'yy.y4........y.4', 'yy.y4........y.4', 200],
  [
    'GET',
    'statements',
    'of another learner',
    'yy.y4........y.4',
    '44.44........4.4',
    '44.44........4.4',
    200,
  ],
  ['GET', 'statements', 'own, of another', 'yy.yy........y.y', '44.44........4.4', '44.44........4.4', 200],
  [
    'GET',
    'statements',
    'of another registration',
    'yy.y4........y.4',
    'yy.y4........y.4',
    '44.44........4.4',
    200,
  ],
  ['GET', 'statements', 'a list', 'yy.yy........y.y', 'yy.yy........y.y', 'yy.yy........y.y', 200],
  ['GET', 'statements/more', 'a list', 'yy.yy........y.y', 'yy.yy........y.y', 'yy.yy........y.y', 200],

  ['GET', 'activities/state', 'own', 'yy...y.......y..', 'yy...y.......y..', 'yy...y.......y..', 200],
  ['GET', 'activities/state', 'of another learner', 'yy...y.......y..', NEVER, NEVER, 200],
  ['GET', 'activities/state', 'of another registration', 'yy...y.......y..', 'yy...y.......y..', NEVER, 200],
  ['GET', 'activities/state', 'of another activity', 'yy...y.......y..', 'yy...y.......y..', NEVER, 200],
  ['PUT', 'activities/state', 'own', 'y....y.......y..', 'y....y.......y..', 'y....y.......y..', 204],
  ['PUT', 'activities/state', 'of another learner', 'y....y.......y..', NEVER, NEVER, 204],
  ['PUT', 'activities/state', 'of another registration', 'y....y.......y..', 'y....y.......y..', NEVER, 204],
  ['PUT', 'activities/state', 'of another activity', 'y....y.......y..', 'y....y.......y..', NEVER, 204],
  ['POST', 'activities/state', 'own', 'y....y.......y..', 'y....y.......y..', 'y....y.......y..', 204],
  ['POST', 'activities/state', 'of another learner', 'y....y.......y..', NEVER, NEVER, 204],
  ['POST', 'activities/state', 'of another registration', 'y....y.......y..', 'y....y.......y..', NEVER, 204],
  ['POST', 'activities/state', 'of another activity', 'y....y.......y..', 'y....y.......y..', NEVER, 204],
  ['DELETE', 'activities/state', 'own', 'y....y.......y..', 'y....y.......y..', 'y....y.......y..', 204],
  ['DELETE', 'activities/state', 'of another learner', 'y....y.......y..', NEVER, NEVER, 204],
  [
    'DELETE',
    'activities/state',
    'of another registration',
    'y....y.......y..',
    'y....y.......y..',
    NEVER,
    204,
  ],
  ['DELETE', 'activities/state', 'of another activity', 'y....y.......y..', 'y....y.......y..', NEVER, 204],
  ['DELETE', 'activities/state', 'all own', 'y....y.......y..', 'y....y.......y..', 'y....y.......y..', 204],
  ['DELETE', 'activities/state', 'all of another learner', 'y....y.......y..', NEVER, NEVER, 204],
  [
    'DELETE',
    'activities/state',
    'all of another registration',
    'y....y.......y..',
    'y....y.......y..',
    NEVER,
    204,
  ],
  [
    'DELETE',
    'activities/state',
    'all of another activity',
    'y....y.......y..',
    'y....y.......y..',
    NEVER,
    204,
  ],

  ['GET', 'activities/profile', 'own', 'yy.....y.....y..', 'yy.....y.....y..', 'yy.....y.....y..', 200],
  ['GET', 'activities/profile', 'of another activity', 'yy.....y.....y..', 'yy.....y.....y..', NEVER, 200],
  ['PUT', 'activities/profile', 'own', 'y......y.....y..', NEVER, NEVER, 204],
  ['PUT', 'activities/profile', 'of another activity', 'y......y.....y..', NEVER, NEVER, 204],
  ['POST', 'activities/profile', 'own', 'y......y.....y..', NEVER, NEVER, 204],
  ['POST', 'activities/profile', 'of another activity', 'y......y.....y..', NEVER, NEVER, 204],
  ['DELETE', 'activities/profile', 'own', 'y......y.....y..', NEVER, NEVER, 204],
  ['DELETE', 'activities/profile', 'of another activity', 'y......y.....y..', NEVER, NEVER, 204],

  ['GET', 'agents/profile', 'own', 'yy.....y.....y..', 'yy.....y.....y..', 'yy.....y.....y..', 200],
  ['GET', 'agents/profile', 'of another learner', 'yy.....y.....y..', NEVER, NEVER, 200],
  ['PUT', 'agents/profile', 'own', 'y......y.....y..', 'y......y.....y..', 'y......y.....y..', 204],
  ['PUT', 'agents/profile', 'of another learner', 'y......y.....y..', NEVER, NEVER, 204],
  ['POST', 'agents/profile', 'own', 'y......y.....y..', 'y......y.....y..', 'y......y.....y..', 204],
  ['POST', 'agents/profile', 'of another learner', 'y......y.....y..', NEVER, NEVER, 204],
  ['DELETE', 'agents/profile', 'own', 'y......y.....y..', 'y......y.....y..', 'y......y.....y..', 204],
  ['DELETE', 'agents/profile', 'of another learner', 'y......y.....y..', NEVER, NEVER, 204],

  ['GET', 'activities', 'own', 'yy.yiyyy.....y.i', 'ii.iiiii.....i.i', 'ii.iiiii.....i.i', 200],
  [
    'GET',
    'activities',
    'of another activity',
    'yy.yiyyy.....y.i',
    'ii.iiiii.....i.i',
    'ii.iiiii.....i.i',
    200,
  ],
  ['GET', 'agents', 'own', 'yy.y...y.....y..', 'yy.y...y.....y..', 'yy.y...y.....y..', 200],
  ['GET', 'agents', 'of another learner', 'yy.y...y.....y..', NEVER, NEVER, 200],
  ['GET', 'about', '', ALWAYS, ALWAYS, ALWAYS, 200],
];

/** Whose statements describe the activity that they are about, of those that are stored. */
export const DESCRIBING = {
  free: 'y............y..',
  learner: NEVER,
  launched: NEVER,
  stranger: NEVER,
} as const;

/** Below `/api/v1`, which is not for what is bound to a learner. */
export const API_ROWS: readonly Row[] = [
  ['GET', 'status', '', '...........y.yy.', NEVER, NEVER, 200],
  ['GET', 'credentials', '', '...........y.yy.', NEVER, NEVER, 200],
  ['POST', 'credentials', '', '...........y.yy.', NEVER, NEVER, 201],
  ['GET', 'credentials/{id}', '', '...........y.yy.', NEVER, NEVER, 200],
  ['PATCH', 'credentials/{id}', '', '...........y.yy.', NEVER, NEVER, 200],
  ['DELETE', 'credentials/{id}', '', '...........y.yy.', NEVER, NEVER, 204],
  ['POST', 'credentials/{id}/secret', '', '...........y.yy.', NEVER, NEVER, 200],
  ['GET', 'forwards', '', '...........y.yy.', NEVER, NEVER, 200],
  ['GET', 'forwards/{name}/dead-letters', '', '...........y.yy.', NEVER, NEVER, 200],
  ['POST', 'forwards/{name}/retries', '', '...........y.yy.', NEVER, NEVER, 200],
  ['POST', 'forwards/{name}/discards', '', '...........y.yy.', NEVER, NEVER, 200],
  ['GET', 'launches', '', 'y.......y....aa.', NEVER, NEVER, 200],
  ['POST', 'launches', '', 'y.......y....yy.', NEVER, NEVER, 201],
  ['DELETE', 'launches/{id}', 'own', 'y.......y....yy.', NEVER, NEVER, 204],
  ['DELETE', 'launches/{id}', 'of another key', '4.......4....yy.', NEVER, NEVER, 204],
  ['DELETE', 'launches/{id}', 'of another token', '4.......4....yy.', NEVER, NEVER, 204],
  ['DELETE', 'launches/{id}', 'no launch but a key', '4.......4....44.', NEVER, NEVER, 204],
  ['GET', 'statements', 'a list', 'yy.yy........y.y', NEVER, NEVER, 200],
  ['GET', 'statements/count', 'a list', 'yy.yy........y.y', NEVER, NEVER, 200],
  ['GET', 'statements/stream', '', 'yy.y.........y..', NEVER, NEVER, 200],
  ['GET', 'quarantine', '', '...........y.yy.', NEVER, NEVER, 200],
  ['GET', 'quarantine/{id}', '', '...........y.yy.', NEVER, NEVER, 200],
  ['DELETE', 'quarantine/{id}', '', '...........y.yy.', NEVER, NEVER, 204],
  ['POST', 'quarantine/{id}/statements', '', '...........y.yy.', NEVER, NEVER, 200],
  ['GET', 'nowhere', '', ALWAYS, ALWAYS, ALWAYS, 404],
  ['POST', 'nowhere', '', ALWAYS, ALWAYS, ALWAYS, 404],
];

/** At the root. The figures have other methods for nobody, and say so only to who may read them. */
export const METRICS_ROWS: readonly Row[] = [
  ['GET', 'metrics', '', '...........y.yy.', NEVER, NEVER, 200],
  ['POST', 'metrics', '', '...........y.yy.', NEVER, NEVER, 405],
  ['PUT', 'metrics', '', '...........y.yy.', NEVER, NEVER, 405],
  ['PATCH', 'metrics', '', '...........y.yy.', NEVER, NEVER, 405],
  ['DELETE', 'metrics', '', '...........y.yy.', NEVER, NEVER, 405],
  ['OPTIONS', 'metrics', '', '...........y.yy.', NEVER, NEVER, 405],
  ['PROPFIND', 'metrics', '', '...........y.yy.', NEVER, NEVER, 405],
];

export const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND'] as const;

/** Where nobody is asked who they are: what is answered to whomever, for each of these methods. */
export const OPEN: Readonly<Record<string, readonly number[]>> = {
  '/': [200, 200, 405, 405, 405, 405, 405, 405],
  '/health/live': [200, 200, 405, 405, 405, 405, 405, 405],
  '/health/ready': [200, 200, 405, 405, 405, 405, 405, 405],
  '/launch/cl_none.x': [405, 405, 200, 405, 405, 405, 204, 405],
  '/xapi/nowhere': [404, 404, 404, 404, 404, 404, 204, 404],
  '/xapi/2.0/nowhere': [404, 404, 404, 404, 404, 404, 204, 404],
  '/nowhere': [404, 404, 404, 404, 404, 404, 404, 404],
};

/** What is answered to who is nobody here where it is not 401. */
export const STRANGERS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  nobody: { about: 200 },
  'the token of the scrapers': { metrics: 200 },
};
