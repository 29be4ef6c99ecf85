import { bearerOf, type ShownCredential } from '../credentials/credential.ts';
import type { CredentialChange } from '../credentials/credential-store.ts';
import { isScope, SCOPES, type Scope } from '../credentials/scope.ts';
import { isKeyId, type KeyAndSecret } from '../http/control-keys.ts';
import type { ControlStore } from '../http/control-store.ts';
import { suggestName } from '../xapi/suggest-name.ts';
import { epochMicros, formatMicros, isTimestamp } from '../xapi/timestamp.ts';
import { type Call, type Command, EXIT } from './command.ts';
import { openStore } from './open-store.ts';
import { readSettings } from './settings.ts';

/** What a key may do unless it is said: as the standard has it (1.0.3 Communication 4.2). */
const USUAL_SCOPES = 'statements/write,statements/read/mine';

const withKeys = async (
  call: Call,
  mayMake: boolean,
  act: (keys: ControlStore['keys']) => Promise<number>,
): Promise<number> => {
  const { store, close } = await openStore(readSettings(call.environment), mayMake);
  try {
    return await act(store.keys);
  } finally {
    await close();
  }
};

const CHANGEABLE: Command['options'] = [
  {
    name: 'expires',
    value: 'MOMENT',
    explanation: 'ISO 8601; from then on it is refused. "never" takes that back.',
  },
  {
    name: 'quarantine',
    value: 'on|off',
    explanation: 'Keep statements of it that are refused, with the reasons.',
  },
];

const readChange = (call: Call): CredentialChange => {
  const expires = call.value('expires');
  const quarantine = call.value('quarantine');
  if (expires !== undefined && expires !== 'never' && !isTimestamp(expires))
    throw new Error(`--expires is an ISO 8601 timestamp or never, not ${expires}.`);
  if (quarantine !== undefined && quarantine !== 'on' && quarantine !== 'off')
    throw new Error(`--quarantine is on or off, not ${quarantine}.`);
  return {
    ...(expires === undefined ? {} : { expires: expires === 'never' ? null : epochMicros(expires) }),
    ...(quarantine === undefined ? {} : { quarantines: quarantine === 'on' }),
  };
};

/** The keys that tools sign in with. */
export const keysCommands: readonly Command[] = [
  {
    name: 'keys create',
    summary: 'Make a key for a tool; its secret is shown this once.',
    options: [
      { name: 'label', value: 'TEXT', explanation: 'What people call it.' },
      {
        name: 'scopes',
        value: 'LIST',
        explanation: `Some of ${SCOPES.join(', ')};\n${USUAL_SCOPES} unless given.`,
      },
      { name: 'id', value: 'KEY', explanation: 'The key itself, if it is not to be drawn.' },
      ...CHANGEABLE,
      { name: 'json', explanation: 'Print one JSON object.' },
    ],
    run: (call) => {
      const change = readChange(call);
      const scopes = readScopes(call.value('scopes') ?? USUAL_SCOPES);
      const id = readId(call.value('id'));
      return withKeys(call, true, async (keys) => {
        const made = await keys.create({
          label: call.value('label') ?? '',
          scopes,
          ...(change.expires == null ? {} : { expires: change.expires }),
          ...(change.quarantines === undefined ? {} : { quarantines: change.quarantines }),
          ...(id === undefined ? {} : { id }),
        });
        return showSecret(made, call.has('json'));
      });
    },
  },
  {
    name: 'keys list',
    summary: 'List all keys, oldest first, the revoked ones too.',
    options: [{ name: 'json', explanation: 'Print one JSON array.' }],
    run: (call) =>
      withKeys(call, false, async (keys) => {
        const all = await keys.list();
        console.info(call.has('json') ? JSON.stringify(all, null, 2) : tableOf(all));
        return EXIT.ok;
      }),
  },
  {
    name: 'keys revoke',
    summary: 'Refuse a key from the next request on, for good.',
    options: [],
    argument: { name: '<key>', isNeeded: true },
    run: (call) =>
      withKeys(call, false, async (keys) => {
        const id = call.argument as string;
        if (!(await keys.revoke(id))) throw await noSuchKey(keys, id);
        console.info(`${id} is revoked.`);
        return EXIT.ok;
      }),
  },
  {
    name: 'keys change',
    summary: 'Change what a key is called, when it expires, or whether what is refused to it is kept.',
    options: [{ name: 'label', value: 'TEXT', explanation: 'What people call it.' }, ...CHANGEABLE],
    argument: { name: '<key>', isNeeded: true },
    run: (call) => {
      const change = readChange(call);
      const label = call.value('label');
      return withKeys(call, false, async (keys) => {
        const id = call.argument as string;
        const isThere = await keys.change(id, label === undefined ? change : { ...change, label });
        if (!isThere) throw await noSuchKey(keys, id);
        console.info(`${id} is changed.`);
        return EXIT.ok;
      });
    },
  },
  {
    name: 'keys rotate',
    summary: 'Give a key a new secret, shown this once; the old one is refused at once.',
    options: [{ name: 'json', explanation: 'Print one JSON object.' }],
    argument: { name: '<key>', isNeeded: true },
    run: (call) =>
      withKeys(call, false, async (keys) => {
        const id = call.argument as string;
        const made = await keys.rotate(id);
        if (made === undefined) throw await noSuchKey(keys, id);
        return showSecret(made, call.has('json'));
      }),
  },
];

const readScopes = (list: string): readonly Scope[] =>
  list.split(',').map((written) => {
    const scope = written.trim();
    if (isScope(scope)) return scope;
    const meant = suggestName(scope, SCOPES);
    const hint = meant === undefined ? `There are ${SCOPES.join(', ')}.` : `Did you mean ${meant}?`;
    throw new Error(`There is no scope ${JSON.stringify(scope)}. ${hint}`);
  });

const readId = (id: string | undefined): string | undefined => {
  if (id === undefined || isKeyId(id)) return id;
  throw new Error('A key is up to 100 printable ASCII characters without blanks and colons (RFC 7617).');
};

const showSecret = ({ key, secret }: KeyAndSecret, isJson: boolean): number => {
  const { id, label, scopes } = key;
  const bearer = bearerOf(id, secret);
  if (isJson) console.info(JSON.stringify({ id, secret, bearer, label, scopes }));
  else console.info(`key     ${id}\nsecret  ${secret}\nscopes  ${scopes.join(', ')}`);
  if (!isJson) console.error('The secret is not shown again: keep it now.');
  return EXIT.ok;
};

const noSuchKey = async (keys: ControlStore['keys'], id: string): Promise<Error> => {
  const all = await keys.list();
  if (all.some((key) => key.id === id)) return new Error(`${id} has been revoked, which is for good.`);
  const meant = suggestName(
    id,
    all.map((key) => key.id),
  );
  return new Error(
    `There is no key ${id}. ${meant === undefined ? 'See cairn keys list.' : `Did you mean ${meant}?`}`,
  );
};

const tableOf = (keys: readonly ShownCredential[]): string => {
  const rows = keys.map((key) => [
    key.id,
    stateOf(key),
    `created ${momentOf(key.created)}`,
    key.lastUsed === undefined ? 'never used' : `used ${momentOf(key.lastUsed)}`,
    key.scopes.join(','),
    key.label.replaceAll(/\p{Cc}/gu, '?'),
  ]);
  const widths = [0, 1, 2, 3, 4].map((at) => Math.max(0, ...rows.map((row) => (row[at] as string).length)));
  const lines = rows.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return lines.length === 0 ? 'There are no keys.' : lines.join('\n');
};

const stateOf = ({ revoked, expires }: ShownCredential): string => {
  if (revoked !== undefined) return `revoked ${momentOf(revoked)}`;
  if (expires === undefined) return 'in use';
  return `${expires <= Date.now() * 1000 ? 'expired' : 'expires'} ${momentOf(expires)}`;
};

const momentOf = (micros: number): string => `${formatMicros(micros).slice(0, 19)}Z`;
