import { bearerOf, type ShownCredential } from '../../credentials/credential.ts';
import { nameOf } from '../../credentials/principal.ts';
import { isScope, SCOPES, type Scope } from '../../credentials/scope.ts';
import { reject } from '../../xapi/rejection.ts';
import { formatMicros } from '../../xapi/timestamp.ts';
import { controlKeys, isKeyId, type KeyAndSecret } from '../control-keys.ts';
import type { Reply } from '../exchange.ts';
import { json, noContent } from '../reply.ts';
import type { Services } from '../services.ts';
import type { ApiHandler } from './api-exchange.ts';
import { bodyMembers } from './body-members.ts';

/** `GET credentials`: all of them, oldest first. */
export const listCredentials =
  ({ credentials }: Services): ApiHandler =>
  async () =>
    json({ credentials: (await controlKeys(credentials).list()).map(credentialJson) });

/** `GET credentials/{id}`. */
export const getCredential =
  ({ credentials }: Services): ApiHandler =>
  async ({ argument }) => {
    const found = (await controlKeys(credentials).list()).find(({ id }) => id === argument);
    return found === undefined ? noSuch(argument) : json(credentialJson(found));
  };

/** `POST credentials`: a new one, and its secret, which is shown this once. */
export const createCredential =
  ({ credentials }: Services): ApiHandler =>
  async (exchange) => {
    const members = bodyMembers(exchange);
    const id = members.value('id', (value) =>
      isKeyId(value)
        ? []
        : [
            {
              pointer: '',
              message: 'An id is up to 100 printable ASCII characters without blanks and colons (RFC 7617).',
            },
          ],
    ) as string | undefined;
    const label = members.text('label', 500) ?? '';
    const scopes = members.list<Scope>('scopes', isScope, `scopes (${SCOPES.join(', ')})`);
    const expires = members.moment('expires') ?? undefined;
    const quarantines = members.boolean('quarantines') ?? false;
    members.check();
    if (scopes === undefined) throw reject('body-invalid', '/scopes', 'scopes are needed.');
    const made = await controlKeys(credentials).create({
      label,
      scopes,
      quarantines,
      madeBy: nameOf(exchange.principal),
      ...(id === undefined ? {} : { id }),
      ...(expires === undefined ? {} : { expires }),
    });
    const location = `${exchange.base}/api/v1/credentials/${encodeURIComponent(made.key.id)}`;
    return { ...withSecret(made, { Location: location }), status: 201 };
  };

/** `PATCH credentials/{id}`: what it is called, when it expires (null: never), whether it quarantines. */
export const changeCredential =
  ({ credentials }: Services): ApiHandler =>
  async (exchange) => {
    const { argument } = exchange;
    const members = bodyMembers(exchange);
    const label = members.text('label', 500);
    const expires = members.moment('expires');
    const quarantines = members.boolean('quarantines');
    members.check();
    const changed = await credentials.change(argument, {
      ...(label === undefined ? {} : { label }),
      ...(expires === undefined ? {} : { expires }),
      ...(quarantines === undefined ? {} : { quarantines }),
    });
    return changed ? getCredential({ credentials } as Services)(exchange) : noSuch(argument);
  };

/** `DELETE credentials/{id}` revokes it: from the next request on it is refused, for good. */
export const revokeCredential =
  ({ credentials }: Services): ApiHandler =>
  async ({ argument }) =>
    (await credentials.revoke(argument)) ? noContent : noSuch(argument);

/** `POST credentials/{id}/secret`: a new secret; the old one is refused at once. */
export const rotateCredential =
  ({ credentials }: Services): ApiHandler =>
  async ({ argument }) => {
    const made = await controlKeys(credentials).rotate(argument);
    return made === undefined ? noSuch(argument) : withSecret(made, {});
  };

const withSecret = ({ key, secret }: KeyAndSecret, headers: Readonly<Record<string, string>>): Reply => {
  const bearer = bearerOf(key.id, secret);
  return json({ ...credentialJson(key), secret, ...(bearer === undefined ? {} : { bearer }) }, headers);
};

const noSuch = (id: string): never => {
  throw reject('not-found', '', `There is no credential ${id} that is in use.`);
};

/** As JSON shows it: moments as ISO 8601. */
export const credentialJson = (credential: ShownCredential) => {
  const { id, label, scopes, created, revoked, expires, lastUsed, bounds, madeBy, quarantines } = credential;
  return {
    id,
    label,
    scopes,
    created: formatMicros(created),
    ...(expires === undefined ? {} : { expires: formatMicros(expires) }),
    ...(revoked === undefined ? {} : { revoked: formatMicros(revoked) }),
    ...(lastUsed === undefined ? {} : { lastUsed: formatMicros(lastUsed) }),
    ...(madeBy === undefined ? {} : { madeBy }),
    ...(bounds === undefined ? {} : { bounds }),
    quarantines: quarantines === true,
  };
};
