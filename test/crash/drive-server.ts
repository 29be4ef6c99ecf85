import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Watched } from './judge-trace.ts';
import type { WatchedServer } from './watch-server.ts';

type Request = {
  readonly method: 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  readonly status: number;
  /** True unless it says otherwise. */
  readonly changes?: boolean;
  readonly files?: readonly string[];
};

/** So many empty the write-ahead log several times. */
const ROUNDS = 14;
const JSON_TYPE = { 'Content-Type': 'application/json' };
const BYTES = { 'Content-Type': 'application/octet-stream' };

const statement = (id?: string): object => ({
  ...(id === undefined ? {} : { id }),
  actor: { mbox: 'mailto:learner@example.org' },
  verb: { id: 'https://example.org/verbs/watched' },
  object: { id: 'https://example.org/activities/1' },
});

const post = (value: unknown): Request => ({
  method: 'POST',
  path: 'statements',
  headers: JSON_TYPE,
  body: JSON.stringify(value),
  status: 200,
});

const put = (id: string): Request => ({
  ...post(statement(id)),
  method: 'PUT',
  path: `statements?statementId=${id}`,
  status: 204,
});

const attach = (content: Buffer): Request => {
  const sha2 = createHash('sha256').update(content).digest('hex');
  const attachments = [
    {
      usageType: 'https://example.org/usage',
      display: { en: 'work' },
      contentType: 'application/octet-stream',
      length: content.length,
      sha2,
    },
  ];
  const head = `--cut\r\nContent-Type: application/json\r\n\r\n${JSON.stringify({ ...statement(randomUUID()), attachments })}\r\n`;
  const part = `--cut\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: binary\r\nX-Experience-API-Hash: ${sha2}\r\n\r\n`;
  return {
    ...post(undefined),
    headers: { 'Content-Type': 'multipart/mixed; boundary=cut' },
    body: Buffer.concat([Buffer.from(head + part), content, Buffer.from('\r\n--cut--\r\n')]),
    files: content.length > 65_536 ? [sha2] : [],
  };
};

const AGENT = encodeURIComponent(JSON.stringify({ mbox: 'mailto:learner@example.org' }));
const ACTIVITY = encodeURIComponent('https://example.org/activities/1');

const document = (method: Request['method'], stateId: string, body?: string | Buffer): Request => ({
  method,
  path: `activities/state?activityId=${ACTIVITY}&agent=${AGENT}&stateId=${stateId}`,
  headers: typeof body === 'string' ? JSON_TYPE : BYTES,
  ...(body === undefined ? {} : { body }),
  status: 204,
});

const newProfile = (profileId: string): Request => ({
  method: 'PUT',
  path: `agents/profile?agent=${AGENT}&profileId=${profileId}`,
  headers: { ...BYTES, 'If-None-Match': '*' },
  body: randomBytes(100),
  status: 204,
});

/** Requests of every kind; those of one list are sent at the same time, one list after the other. */
const requestsOf = (round: number): readonly (readonly Request[])[] => {
  const id = randomUUID();
  const large = randomBytes(70_000 + round);
  const conflicting = { ...statement(id), verb: { id: 'https://example.org/verbs/other' } };
  return [
    [post(statement(randomUUID())), post(statement()), put(id), document('PUT', `a${round}`, '{"a":1}')],
    [
      { ...put(id), changes: false },
      { ...post(conflicting), status: 409, changes: false },
    ],
    // Enough at once for the thread that writes large groups, alone and beside what the process itself commits.
    [post([...Array(60)].map(() => statement(randomUUID())))],
    [post([...Array(60)].map(() => statement(randomUUID()))), document('POST', `a${round}`, '{"b":2}')],
    [attach(large), attach(large), attach(large), attach(randomBytes(5000))],
    // Large enough that SQLite empties its write-ahead log several times.
    [document('PUT', 'large', randomBytes(1_500_000)), newProfile(`p${round}`)],
    [document('DELETE', `a${round}`), document('PUT', `b${round}`, randomBytes(10))],
  ];
};

export type Driven = {
  /** What is to be looked for in the trace. */
  readonly watched: readonly Watched[];
  /** How many of them are to be refused. */
  readonly refused: number;
  /** Answers that are wrong, whatever was synced. */
  readonly unexpected: readonly string[];
};

/** Sends requests that write, a few at a time: some two hundred, or fewer in fewer rounds. */
export const driveServer = async (server: WatchedServer, rounds = ROUNDS): Promise<Driven> => {
  const watched: Watched[] = [];
  const unexpected: string[] = [];
  let refused = 0;
  const send = async (request: Request): Promise<void> => {
    const { method, path, headers = {}, body, status, changes = true, files = [] } = request;
    const tag = `t${watched.length}`;
    watched.push({ tag, changes, files });
    if (status >= 300) refused += 1;
    const [place, query] = path.split('?');
    const url = `${server.url}/xapi/${place}?cachebuster=${tag}${query === undefined ? '' : `&${query}`}`;
    const own = { Authorization: server.authorization, 'X-Experience-API-Version': '1.0.3' };
    const init = { method, headers: { ...own, ...headers } };
    const answer = await fetch(url, body === undefined ? init : { ...init, body });
    const text = await answer.text();
    if (answer.status !== status) unexpected.push(`${method} ${url}: ${answer.status} ${text}`);
  };
  for (let round = 0; round < rounds; round += 1) {
    for (const together of requestsOf(round)) await Promise.all(together.map(send));
  }
  return { watched, refused, unexpected };
};
