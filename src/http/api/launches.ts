import type { Bounds } from '../../credentials/bounds.ts';
import {
  hashSecret,
  newSecret,
  type ShownCredential,
  shownCredential,
} from '../../credentials/credential.ts';
import { nameOf, type Principal } from '../../credentials/principal.ts';
import type { Scope } from '../../credentials/scope.ts';
import { isIri } from '../../xapi/iri.ts';
import { type Problem, reject } from '../../xapi/rejection.ts';
import type { Identifier } from '../../xapi/statement.ts';
import { formatMicros } from '../../xapi/timestamp.ts';
import { isUuid } from '../../xapi/uuid.ts';
import { problemsOfActor } from '../../xapi/validate-statement.ts';
import type { Reply } from '../exchange.ts';
import { newLaunchId } from '../launch-tokens.ts';
import { has } from '../policy.ts';
import { json, noContent } from '../reply.ts';
import type { Services } from '../services.ts';
import type { ApiExchange, ApiHandler } from './api-exchange.ts';
import { type BodyMembers, bodyMembers } from './body-members.ts';
import { credentialJson } from './credentials.ts';

/** What a launched activity may do, within its bounds. */
const LAUNCHABLE = [
  'statements/write',
  'statements/read',
  'statements/read/mine',
  'state',
  'profile',
] as const;
const USUAL: readonly Scope[] = ['statements/write', 'statements/read', 'state', 'profile'];

/** In minutes. */
const LONGEST = 7 * 24 * 60;
const USUAL_MINUTES = 8 * 60;

/**
 * `POST launches`: a credential for content that runs in a browser, bound to one learner and what that learner is
 * launched into. With `"deliver":"fetch"` (cmi5 8.2) a URL that gives its token once; with `"auth"` the token itself.
 */
export const createLaunch =
  ({ credentials }: Services): ApiHandler =>
  async (exchange) => {
    const { bounds, scopes, minutes, deliver } = readLaunch(exchange);
    const [secret, token] = [newSecret(), newSecret()];
    const id = newLaunchId();
    const made = await credentials.create({
      id,
      label: 'launch',
      scopes,
      bounds,
      secretHash: hashSecret(secret),
      expires: (Date.now() + minutes * 60_000) * 1000,
      madeBy: nameOf(exchange.principal),
      ...(deliver === 'fetch' ? { fetchHash: hashSecret(token) } : {}),
    });
    const shown = launchJson(shownCredential(made));
    const endpoint = `${exchange.base}/xapi/`;
    const delivered =
      deliver === 'fetch'
        ? { fetch: `${exchange.base}/launch/${id}.${token}` }
        : { auth: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` };
    const query = launchQuery(bounds, endpoint, delivered);
    return { ...json({ ...shown, endpoint, ...delivered, query }), status: 201 };
  };

type Wanted = {
  readonly bounds: Bounds;
  readonly scopes: readonly Scope[];
  readonly minutes: number;
  readonly deliver: 'fetch' | 'auth';
};

const readLaunch = (exchange: ApiExchange): Wanted => {
  const members = bodyMembers(exchange);
  const bounds = readBounds(members);
  const isLaunchable = (scope: string) => (LAUNCHABLE as readonly string[]).includes(scope);
  const scopes = members.list<Scope>('scopes', isLaunchable, `some of ${LAUNCHABLE.join(', ')}`) ?? USUAL;
  const minutes = members.whole('minutes', 1, LONGEST) ?? USUAL_MINUTES;
  const deliver = members.value('deliver', (value) =>
    value === 'fetch' || value === 'auth' ? [] : [{ pointer: '', message: 'deliver is fetch or auth.' }],
  );
  members.check();
  return { bounds, scopes, minutes, deliver: deliver === 'auth' ? 'auth' : 'fetch' };
};

const readBounds = (members: BodyMembers): Bounds => {
  const actor = members.value('actor', (value) => problemsOfLearner(value)) as Identifier | undefined;
  const registration = members.value('registration', (value) =>
    typeof value === 'string' && isUuid(value) ? [] : [{ pointer: '', message: 'registration is a UUID.' }],
  ) as string | undefined;
  const activities = members.list('activities', isIri, 'IRIs');
  const verbs = members.list('verbs', isIri, 'IRIs');
  if (actor === undefined) {
    members.check();
    throw reject('body-invalid', '/actor', 'actor is needed: whom this is bound to.');
  }
  return {
    actor: identifierOf(actor),
    ...(registration === undefined ? {} : { registration: registration.toLowerCase() }),
    ...(activities === undefined ? {} : { activities }),
    ...(verbs === undefined ? {} : { verbs }),
  };
};

const problemsOfLearner = (value: unknown): readonly Problem[] => problemsOfActor(value, 'agent');

const identifierOf = ({ mbox, mbox_sha1sum, openid, account }: Identifier): Identifier =>
  JSON.parse(JSON.stringify({ mbox, mbox_sha1sum, openid, account })) as Identifier;

/** What stands behind the content's URL: as cmi5 8.1 has it, or as content of before cmi5 expects it. */
const launchQuery = (
  { actor, registration, activities }: Bounds,
  endpoint: string,
  delivered: { readonly fetch: string } | { readonly auth: string },
): string => {
  const isCmi5 = 'fetch' in delivered;
  const agent = JSON.stringify({ objectType: 'Agent', ...actor });
  const activity = activities?.[0];
  return new URLSearchParams({
    endpoint,
    ...delivered,
    actor: agent,
    ...(registration === undefined ? {} : { registration }),
    ...(activity === undefined ? {} : { [isCmi5 ? 'activityId' : 'activity_id']: activity }),
  }).toString();
};

const launchJson = (credential: ShownCredential) => {
  const { id, scopes, bounds, created, expires, lastUsed, revoked } = credentialJson(credential);
  return {
    id,
    ...bounds,
    scopes,
    created,
    expires,
    ...(lastUsed === undefined ? {} : { lastUsed }),
    ...(revoked === undefined ? {} : { ended: revoked }),
  };
};

const isOwnLaunch = (principal: Principal, { bounds, madeBy }: ShownCredential): boolean =>
  bounds !== undefined && (has(principal, 'admin') || madeBy === nameOf(principal));

/** `GET launches`: those that this credential made and that are not over; an admin's are all. */
export const listLaunches =
  ({ credentials }: Services): ApiHandler =>
  async ({ principal }) => {
    const now = Date.now() * 1000;
    const own = credentials
      .list()
      .filter(
        (one) => isOwnLaunch(principal, one) && one.revoked === undefined && (one.expires ?? now) > now,
      );
    return json({ launches: own.map((one) => launchJson(shownCredential(one))), now: formatMicros(now) });
  };

/** `DELETE launches/{id}`: it is over (terminated, abandoned, waived); its credential is refused from now on. */
export const endLaunch =
  ({ credentials }: Services): ApiHandler =>
  async ({ argument, principal }): Promise<Reply> => {
    const found = credentials.find(argument);
    if (found === undefined || !isOwnLaunch(principal, found))
      throw reject('not-found', '', `There is no launch ${argument} of this key.`);
    await credentials.revoke(argument);
    return noContent;
  };
