import type { Key } from '../start-cairn.ts';
import type { Launched, Standing } from './standing.ts';
import { COLUMNS } from './truth-table.ts';
import { aboutOf, makeWorld, REGISTRATION, type World } from './world.ts';

/** Who asks, and what the truth table says of them. */
export type Asking = {
  readonly name: string;
  readonly kind: 'free' | 'learner' | 'launched' | 'stranger';
  /** In the truth table; of no account for a stranger. */
  readonly column: number;
  readonly authorization: string | undefined;
  readonly world: World;
  /** Whether every syntax is tried. */
  readonly isThorough: boolean;
};

type Making = (standing: Standing, column: number) => Promise<Asking>;

const nameOf = (kind: string, column: number) => `${kind} with ${COLUMNS[column]?.join('+') || 'none'}`;

const keyWith =
  (kind: string, headerOf: (key: Key) => string, isThorough: boolean): Making =>
  async ({ cairn }, column) => {
    const name = nameOf(kind, column);
    const key = await cairn.key(...(COLUMNS[column] ?? []));
    const account = { homePage: cairn.storage.installation, name: key.id };
    const world = await makeWorld(cairn, name, account);
    return { name, kind: 'free', column, authorization: headerOf(key), world, isThorough };
  };

export const bearerOf = ({ id, secret }: Pick<Key, 'id' | 'secret'>) => `Bearer ${id}.${secret}`;

const tokenOf =
  (kind: 'free' | 'learner'): Making =>
  async ({ cairn, own }, column) => {
    const name = nameOf(kind === 'free' ? 'a service token' : 'a learner token', column);
    const homePage = kind === 'free' ? own.services : own.learners;
    const email = aboutOf(name).learner.mbox.replace('mailto:', '');
    const token = await own.token(homePage, { sub: name, scope: COLUMNS[column]?.join(' '), email });
    const world = await makeWorld(cairn, name, { homePage, name });
    return { name, kind, column, authorization: `Bearer ${token}`, world, isThorough: false };
  };

const launchedBy =
  (deliver: 'fetch' | 'auth'): Making =>
  async ({ cairn, launch }, column) => {
    const name = nameOf(`a launch by ${deliver}`, column);
    const { learner, course, seenVerb, writtenVerb } = aboutOf(name);
    const lms = await cairn.key('launch');
    const wish = {
      actor: learner,
      registration: REGISTRATION.toUpperCase(),
      activities: [course],
      verbs: [seenVerb, writtenVerb],
      scopes: COLUMNS[column],
      deliver,
    };
    const launched = await launch(lms.authorization, JSON.stringify(wish));
    const world = await makeWorld(cairn, name, { homePage: cairn.storage.installation, name: launched.id });
    const authorization = await authorizationOf(cairn, launched);
    return { name, kind: 'launched', column, authorization, world, isThorough: false };
  };

const authorizationOf = async (cairn: Standing['cairn'], { fetch: url, auth }: Launched): Promise<string> => {
  if (auth !== undefined) return auth;
  const { body } = await cairn.bare.post(new URL(url as string).pathname).expect(200);
  return `Basic ${body['auth-token']}`;
};

const ALL = COLUMNS.map((_, column) => column);
/** What may be asked for in a launch. */
const LAUNCHABLE = [2, 3, 4, 5, 7, 15, 18];

export type Askings = (standing: Standing) => AsyncGenerator<Asking>;

const eachOf = (columns: readonly number[], make: Making): Askings =>
  async function* askings(standing) {
    for (const column of columns) yield make(standing, column);
  };

export const keysByBasic = eachOf(
  ALL,
  keyWith('a key', ({ authorization }) => authorization, true),
);
export const keysByBearer = eachOf(ALL, keyWith('a bearer', bearerOf, false));
export const tokensOfServices = eachOf(ALL, tokenOf('free'));
export const tokensOfLearners = eachOf(ALL, tokenOf('learner'));
export const launchesByFetch = eachOf(LAUNCHABLE, launchedBy('fetch'));
export const launchesByAuth = eachOf(LAUNCHABLE, launchedBy('auth'));
