import { once } from 'node:events';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { runCairn, serveCairn } from './cairn.ts';
import { type Canaries, newCanaries } from './canaries.ts';
import { statement, uuid } from './statements.ts';

/** What was seen of a server in the end, and what was planted in it. */
export type Seen = {
  readonly canaries: Canaries;
  /** By what it is: what an operator sees, or a stranger may. */
  readonly operators: Readonly<Record<string, string>>;
  /** Answers, exports and files, which have what was stored. */
  readonly others: Readonly<Record<string, string | Buffer>>;
  readonly statuses: ReadonlySet<number>;
};

type Sent = {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};

const basic = (key: string, secret: string): string =>
  `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`;

const JSON_TYPE = { 'Content-Type': 'application/json' };
const FORM_TYPE = { 'Content-Type': 'application/x-www-form-urlencoded' };

/** Every way in which a secret, or what is about people, can be sent. */
const requestsWith = ({ plant }: Canaries, first: string): readonly Sent[] => {
  const content = (where: string) => plant(where, 'content');
  const secret = (where: string) => plant(where, 'secret');
  const sent = (number: number, name: string, more: object = {}) =>
    statement(number, { actor: { mbox: 'mailto:a@example.org', name: content(name) }, ...more });
  const state = `/xapi/activities/state?activityId=a:a&agent=${encodeURIComponent('{"mbox":"mailto:a@b.c"}')}`;
  const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString();
  return [
    { method: 'POST', path: '/xapi/statements', headers: JSON_TYPE, body: sent(1, 'an actor’s name') },
    {
      method: 'PUT',
      path: `/xapi/statements?statementId=${uuid(2)}`,
      headers: { ...JSON_TYPE, Cookie: `session=${secret('a cookie')}` },
      body: sent(2, 'a name that is put', { result: { response: content('a response') } }),
    },
    {
      method: 'POST',
      path: '/xapi/statements',
      headers: JSON_TYPE,
      body: `{"actor": ${content('broken JSON')}`,
    },
    {
      method: 'POST',
      path: '/xapi/statements',
      headers: JSON_TYPE,
      body: statement(3, { [content('an unknown property')]: content('its value') }),
    },
    {
      method: 'PUT',
      path: `${state}&stateId=${content('the id of a state')}`,
      headers: { 'Content-Type': 'text/plain' },
      body: content('a document'),
    },
    { path: `${state}&stateId=${content('the id of an absent state')}` },
    { path: `/xapi/statements?verb=a:${content('a verb that is asked for')}` },
    { path: `/xapi/statements?limit=${content('a value that is refused')}` },
    { path: `/xapi/statements?${content('a parameter that is unknown')}=1` },
    { path: `/xapi/statements?verb=a:fault${content('what a fault quotes')}` },
    { path: `/xapi/statements/more/${secret('a more token')}` },
    { path: `/xapi/${content('a path in xapi')}?token=${secret('a token in a query')}` },
    { path: `/${content('a path')}/x` },
    { path: '/xapi/statements', headers: { 'X-Experience-API-Version': content('a version') } },
    { path: '/xapi/about', headers: { 'X-Request-Id': `${content('a request id')} x` } },
    {
      path: '/xapi/about',
      headers: { traceparent: `00-${secret('a traceparent')}-01`, tracestate: secret('a tracestate') },
    },
    {
      path: '/xapi/statements',
      headers: { 'Accept-Language': content('a language'), 'User-Agent': content('a browser') },
    },
    { path: '/xapi/statements', headers: { Authorization: basic('first', secret('a wrong secret')) } },
    { path: '/xapi/statements', headers: { Authorization: basic(secret('a secret as key'), 'x') } },
    { path: '/xapi/statements', headers: { Authorization: `Bearer ${secret('a bearer token')}` } },
    { path: '/xapi/statements', headers: { Authorization: secret('no scheme at all') } },
    { path: '/metrics', headers: { Authorization: `Bearer ${secret('a wrong token of scrapers')}` } },
    { path: `/metrics?access_token=${secret('a token in the query of scrapers')}` },
    { path: '/metrics', headers: { Authorization: basic('first', first) } },
    {
      method: 'POST',
      path: '/xapi/statements?method=GET',
      headers: FORM_TYPE,
      body: form({ Authorization: basic('first', secret('a wrong secret in a form')), limit: '1' }),
    },
    {
      method: 'POST',
      path: '/xapi/statements?method=POST',
      headers: { ...FORM_TYPE, Authorization: '' },
      body: form({ Authorization: basic('first', first), content: sent(4, 'a name in a form') }),
    },
    {
      method: 'POST',
      path: '/xapi/statements?method=GET',
      headers: FORM_TYPE,
      body: `Authorization=%zz${secret('a broken form')}`,
    },
  ];
};

/** Sends a request under the first key, unless it has its own, and answers status, headers and body. */
const send = async (url: string, first: string, { method = 'GET', path, headers, body }: Sent) => {
  const own = { Authorization: basic('first', first), 'X-Experience-API-Version': '1.0.3', ...headers };
  const { Authorization, ...rest } = own;
  const outgoing = request(`${url}${path}`, {
    method,
    headers: Authorization === '' ? rest : own,
  });
  outgoing.end(body);
  const [response] = (await once(outgoing, 'response')) as [
    Readable & { statusCode: number; rawHeaders: string[] },
  ];
  return { status: response.statusCode, text: `${response.rawHeaders.join('\n')}\n${await text(response)}` };
};

const sendNoHttp = async (url: string, line: string): Promise<string> => {
  const { hostname, port } = new URL(url);
  return text(connect(Number(port), hostname).end(line));
};

const receiveTraces = async () => {
  const received: string[] = [];
  const server = createServer(async (incoming, response) => {
    received.push(await text(incoming));
    response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { received, url: `http://127.0.0.1:${port}`, close: () => server.close() };
};

/** Plants canaries everywhere in a server that tells as much as it can, and answers all that is seen of it. */
export const driveCanaries = async (folder: string, program?: string): Promise<Seen> => {
  const canaries = newCanaries();
  const first = canaries.plant('CAIRN_SECRET', 'secret');
  const token = canaries.plant('CAIRN_METRICS_TOKEN', 'secret');
  const traces = await receiveTraces();
  const served = await serveCairn(
    folder,
    {
      CAIRN_SECRET: first,
      CAIRN_METRICS_TOKEN: token,
      CAIRN_LOG_LEVEL: 'trace',
      OTEL_EXPORTER_OTLP_ENDPOINT: traces.url,
      OTEL_EXPORTER_OTLP_HEADERS: `x-key=${canaries.plant('the key of a receiver of traces', 'secret')}`,
    },
    program,
  );
  const log = text(served.process.stderr as Readable);
  const answers: string[] = [];
  const statuses = new Set<number>();
  for (const one of requestsWith(canaries, first)) {
    const answer = await send(served.url, first, one);
    statuses.add(answer.status);
    answers.push(answer.text);
  }
  answers.push(await sendNoHttp(served.url, `GET /${canaries.plant('no HTTP', 'content')}\r\n\r\n`));
  const made = await runCairn(folder, ['keys', 'create', '--json']);
  const key = JSON.parse(made.out) as { readonly secret: string };
  const metrics = await send(served.url, first, {
    path: '/metrics',
    headers: { Authorization: `Bearer ${token}` },
  });
  const status = await send(served.url, first, { path: '/api/v1/status' });
  const exported = await runCairn(folder, ['export']);
  const doctor = await runCairn(folder, ['doctor', '--json'], {
    more: { CAIRN_PORT: '0', CAIRN_KEY: 'first', CAIRN_SECRET: first, CAIRN_METRICS_TOKEN: token },
  });
  await served.stop();
  traces.close();
  const said = await log;
  if (said.includes(key.secret)) throw new Error('The log has the secret of a key that was made.');
  return {
    canaries,
    operators: {
      'the log': said,
      'the figures': metrics.text,
      'the status': status.text,
      'the traces': traces.received.join('\n'),
      'what doctor says': doctor.out + doctor.err,
    },
    others: {
      'the answers': answers.join('\n'),
      'the export': exported.out + exported.err,
      'the data folder': Buffer.concat(filesOf(folder)),
    },
    statuses,
  };
};

const filesOf = (folder: string): readonly Buffer[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path));
