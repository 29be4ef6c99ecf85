import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { runCairn } from './cairn.ts';
import { type Canaries, newCanaries } from './canaries.ts';
import { startIssuer } from './canary-issuer.ts';
import { configureSecrets, startAlone } from './configure-secrets.ts';
import { statement, uuid } from './statements.ts';

/** What was seen of a server that has been given every kind of credential. */
export type SeenSecrets = {
  readonly canaries: Canaries;
  /** By what it is; none of it may have a secret. */
  readonly places: Readonly<Record<string, string>>;
  /** By what was asked. */
  readonly statuses: Readonly<Record<string, number>>;
};

type Answer = { readonly status: number; readonly text: string };
type Ask = (
  authorization: string,
  method: string,
  path: string,
  body?: string | Buffer,
  headers?: Readonly<Record<string, string>>,
) => Promise<Answer>;

const basic = (key: string, secret: string): string =>
  `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`;

const secretIn = (credentials: string): string =>
  Buffer.from(credentials, 'base64').toString().split(':')[1] ?? '';

const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' };

const askAt =
  (url: string): Ask =>
  async (authorization, method, path, body, headers = {}) => {
    const own = { 'X-Experience-API-Version': '1.0.3', 'Content-Type': 'application/json', ...headers };
    const response = await fetch(`${url}${path}`, {
      method,
      headers: authorization === '' ? own : { ...own, Authorization: authorization },
      ...(body === undefined ? {} : { body }),
    });
    const said = [...response.headers].map((pair) => pair.join(': ')).join('\n');
    return { status: response.status, text: `${said}\n\n${await response.text()}` };
  };

const bodyOf = ({ text: whole }: Answer) => JSON.parse(whole.slice(whole.indexOf('\n\n') + 2));

type Act = {
  readonly ask: Ask;
  readonly canaries: Canaries;
  readonly admin: string;
  readonly note: (what: string, answer: Answer) => void;
};

/** Keys, bearer keys and launches: what is made is watched, used, and used wrongly. */
const useKeys = async ({ ask, canaries: { plant, watch }, admin, note }: Act) => {
  const made = bodyOf(
    await ask(admin, 'POST', '/api/v1/credentials', '{"id":"lms","scopes":["all"],"quarantines":true}'),
  );
  watch('the secret of a key', made.secret, 'secret');
  watch('a bearer key', made.bearer, 'secret');
  note('a bearer key', await ask(`Bearer ${made.bearer}`, 'POST', '/xapi/statements', statement(1)));
  const wrong = `${made.bearer.slice(0, -4)}${plant('a wrong bearer key', 'secret')}`;
  note('a wrong bearer key', await ask(`Bearer ${wrong}`, 'GET', '/xapi/statements'));
  const rotated = bodyOf(await ask(admin, 'POST', '/api/v1/credentials/lms/secret'));
  const lms = basic('lms', watch('a rotated secret', rotated.secret, 'secret'));
  for (const deliver of ['fetch', 'auth']) {
    const wish = JSON.stringify({ actor: { mbox: 'mailto:a@example.org' }, deliver });
    const launch = bodyOf(await ask(admin, 'POST', '/api/v1/launches', wish));
    if (deliver === 'auth') {
      watch('the auth of a launch', launch.auth.slice(6), 'secret');
      watch('the secret of a launch', secretIn(launch.auth.slice(6)), 'secret');
      note('the auth of a launch', await ask(launch.auth, 'GET', '/xapi/statements'));
      continue;
    }
    const { pathname } = new URL(launch.fetch);
    watch('a fetch token', pathname.split('.').at(-1) ?? '', 'secret');
    note(
      'a wrong fetch token',
      await ask('', 'POST', `${pathname}${plant('a wrong fetch token', 'secret')}`),
    );
    const fetched = bodyOf(await ask('', 'POST', pathname));
    watch('the token of a launch', fetched['auth-token'], 'secret');
    watch('the secret in the token of a launch', secretIn(fetched['auth-token']), 'secret');
    note('the token of a launch', await ask(`Basic ${fetched['auth-token']}`, 'GET', '/xapi/statements'));
    note('a fetch token again', await ask('', 'POST', pathname));
  }
  return lms;
};

const useTokens = async ({ ask, note }: Act, tokens: Readonly<Record<string, string>>) => {
  for (const [what, token] of Object.entries(tokens)) {
    note(what, await ask(`Bearer ${token}`, 'GET', '/xapi/statements?limit=1'));
  }
};

/** What a client gets wrong, with its credentials where they do not belong, and what we get wrong. */
const sendWrongly = async ({ ask, canaries: { plant }, note }: Act, lms: string) => {
  const post = (body: string | Buffer, headers = {}) => ask(lms, 'POST', '/xapi/statements', body, headers);
  const secret = (where: string) =>
    `Authorization=${encodeURIComponent(basic('lms', plant(where, 'secret')))}`;
  note('a form that is none', await post(`${secret('a form without a method')}&content={}`, FORM));
  note('a form as JSON', await post(`content={}&${secret('a form sent as JSON')}`));
  const part = `--x\r\nContent-Disposition: form-data; name="Authorization"\r\n\r\n${plant('a part of a form', 'secret')}`;
  note('parts', await post(`${part}\r\n--x--\r\n`, { 'Content-Type': 'multipart/form-data; boundary=x' }));
  note('a bad statement', await post('{"actor":{}}'));
  const packed = gzipSync(
    statement(2, { actor: { mbox: 'mailto:z@example.org', name: plant('a packed name', 'content') } }),
  );
  note('gzip', await post(packed, { 'Content-Encoding': 'gzip' }));
  note('cut gzip', await post(packed.subarray(0, -9), { 'Content-Encoding': 'gzip' }));
  note(
    'a request id',
    await ask(lms, 'GET', '/xapi/about', undefined, {
      'X-Request-Id': `Basic ${plant('a login as request id', 'secret')}`,
    }),
  );
  const fault = { verb: { id: `a:fault${plant('what a fault while storing quotes', 'content')}` } };
  note('a fault', await post(statement(3, fault)));
};

const followStream = async (url: string, authorization: string): Promise<string> => {
  const gone = new AbortController();
  const response = await fetch(`${url}/api/v1/statements/stream?after=0`, {
    headers: { Authorization: authorization, 'X-Experience-API-Version': '1.0.3' },
    signal: gone.signal,
  });
  let said = [...response.headers].join('\n');
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    said += Buffer.from(chunk).toString();
    if (said.includes(uuid(1))) break;
  }
  gone.abort();
  return said;
};

/** Until every receiver has been heard and what it said is kept. */
const untilForwarded = async ({ ask, admin }: Act): Promise<string> => {
  for (;;) {
    const answer = await ask(admin, 'GET', '/api/v1/forwards');
    const { forwards } = bodyOf(answer);
    const of = (name: string) => forwards.find((one: { name: string }) => one.name === name);
    const isRefused = (of('refusing')?.deadLetters ?? 0) > 0;
    if (isRefused && 'failing' in of('failing') && 'failing' in of('redirecting')) return answer.text;
    await sleep(50);
  }
};

/** Every file below a folder, but for the one that holds the first secret. */
const filesIn = (folder: string): string =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile() && basename(path) !== 'first-credential.txt')
    .map((path) => readFileSync(path, 'latin1'))
    .join('\n');

const lookEverywhere = async (act: Act, data: string, environment: Record<string, string>) => {
  const run = async (...words: readonly string[]) => {
    const { out, err } = await runCairn(data, words, { more: environment });
    return out + err;
  };
  const backup = `${data}-backup`;
  const told: Record<string, string> = {
    'what forwards list says': await run('forwards', 'list'),
    'the dead letters': await run('forwards', 'dead', 'refusing', '--json'),
    'what backup says': await run('backup', backup),
    'what doctor says': await run('doctor', '--json'),
    'what keys list says': await run('keys', 'list'),
    'the export': await run('export'),
  };
  for (const place of ['status', 'credentials', 'launches', 'quarantine', 'forwards/refusing/dead-letters']) {
    told[place] = (await act.ask(act.admin, 'GET', `/api/v1/${place}`)).text;
  }
  told['the figures'] = (await act.ask(act.admin, 'GET', '/metrics')).text;
  told['the backup'] = filesIn(backup);
  return told;
};

/** Gives a server every kind of credential, and answers all that is seen of it. */
export const driveSecrets = async (folder: string, program?: string): Promise<SeenSecrets> => {
  const canaries = newCanaries();
  const issuer = await startIssuer(canaries);
  const { environment, receivers } = await configureSecrets(folder, canaries, issuer.url);
  const data = join(folder, 'data');
  mkdirSync(data);
  const served = await startAlone(data, environment, program);
  canaries.watch('the first secret', served.secret, 'secret');
  const statuses: Record<string, number> = {};
  const answers: string[] = [];
  const note = (what: string, answer: Answer) => {
    statuses[what] = answer.status;
    answers.push(answer.text);
  };
  const act = { ask: askAt(served.url), canaries, admin: basic(served.key, served.secret), note };
  const lms = await useKeys(act);
  await useTokens(act, issuer.tokens);
  await sendWrongly(act, lms);
  const stream = await followStream(served.url, act.admin);
  const forwards = await untilForwarded(act);
  const told = await lookEverywhere(act, data, environment);
  const process = readFileSync(`/proc/${served.pid}/cmdline`, 'latin1');
  await served.stop();
  issuer.close();
  const heard = Object.values(receivers).map(({ heard: one }) => one.length);
  if (heard.includes(0)) throw new Error('A receiver was not spoken to.');
  const log = await served.log;
  return {
    canaries,
    statuses,
    places: {
      ...told,
      'the log': log,
      'the output': served.said,
      'the answers': answers.join('\n'),
      'the stream': stream,
      forwards,
      'the command line': process,
      'the data folder': filesIn(data),
    },
  };
};
