import { existsSync, readFileSync } from 'node:fs';
import { Agent, type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { ROOT } from '../house/source-files.ts';
import { cleanUp, newFolder, runCairn, type Served, serveCairn } from './cairn.ts';

/** 22,000 real statements, and what was counted in them by others; they lie beside the project, if anywhere. */
const DATA = join(ROOT, '../shared/data');
const SOURCE = join(DATA, 'mooc-video-statements.ndjson.gz');
const withData = existsSync(SOURCE) ? describe : describe.skip;

type Golden = {
  readonly statements: number;
  readonly actors: number;
  readonly verbs: Readonly<Record<string, number>>;
  readonly completed: { readonly statements: number; readonly actors: number };
};
type Sent = { readonly id: string; readonly actor: { readonly account: { readonly name: string } } };

jest.setTimeout(180_000);
const agent = new Agent({ keepAlive: true, maxSockets: 8 });
afterAll(() => agent.destroy());
afterEach(cleanUp);

const ask = (served: Served, path: string, body?: string): Promise<{ status: number; text: string }> =>
  new Promise((resolve, refuse) => {
    const headers = {
      'X-Experience-API-Version': '1.0.3',
      Authorization: `Basic ${Buffer.from('first:first-secret').toString('base64')}`,
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    };
    const method = body === undefined ? 'GET' : 'POST';
    const sent = request(
      `${served.url}${path}`,
      { agent, method, headers },
      async (answer: IncomingMessage) => {
        let text = '';
        for await (const chunk of answer.setEncoding('utf8')) text += chunk;
        resolve({ status: answer.statusCode ?? 0, text });
      },
    );
    sent.on('error', refuse).end(body);
  });

/** Without the white space between tokens, and open at the end: what is stored begins like that. */
const opening = (line: string): string => line.replace(/("(?:[^"\\]|\\.)*")|\s+/g, '$1').replace(/\}$/, '');

/** All that a query finds, page by page. */
const found = async (served: Served, query: string): Promise<readonly string[]> => {
  const texts: string[] = [];
  for (let path = `/xapi/statements?limit=1000&${query}`; path !== ''; ) {
    const { text } = await ask(served, path);
    const page = JSON.parse(text) as { statements: unknown[]; more: string };
    texts.push(...page.statements.map((statement) => JSON.stringify(statement)));
    path = page.more;
  }
  return texts;
};

const actorsOf = (texts: readonly string[]): number =>
  new Set(texts.map((text) => (JSON.parse(text) as Sent).actor.account.name)).size;

const VERBS: Readonly<Record<string, string>> = {
  completed: 'http://adlnet.gov/expapi/verbs/completed',
  downloaded: 'http://id.tincanapi.com/verb/downloaded',
  initialized: 'http://adlnet.gov/expapi/verbs/initialized',
  interacted: 'http://adlnet.gov/expapi/verbs/interacted',
  terminated: 'http://adlnet.gov/expapi/verbs/terminated',
};

const expectGoldenCounts = async (served: Served, golden: Golden): Promise<void> => {
  for (const [name, count] of Object.entries(golden.verbs)) {
    const verb = VERBS[name] ?? `https://w3id.org/xapi/video/verbs/${name}`;
    const texts = await found(served, `verb=${encodeURIComponent(verb)}`);
    expect([name, texts.length]).toEqual([name, count]);
    if (name === 'completed') expect(actorsOf(texts)).toBe(golden.completed.actors);
  }
  const all = await found(served, 'ascending=true');
  expect([all.length, actorsOf(all)]).toEqual([golden.statements, golden.actors]);
};

const expectEachById = async (served: Served, lines: readonly string[]): Promise<void> => {
  const different: string[] = [];
  let next = 0;
  const reader = async () => {
    for (let at = next++; at < lines.length; at = next++) {
      const line = lines[at] as string;
      const { id } = JSON.parse(line) as Sent;
      const { status, text } = await ask(served, `/xapi/statements?statementId=${id}`);
      if (status !== 200 || !text.startsWith(opening(line))) different.push(id);
    }
  };
  await Promise.all(Array.from({ length: 8 }, reader));
  expect(different).toEqual([]);
};

withData('the statements of a MOOC', () => {
  const lines = () => gunzipSync(readFileSync(SOURCE)).toString('utf8').trimEnd().split('\n');
  const golden = () =>
    (JSON.parse(readFileSync(join(DATA, 'golden.json'), 'utf8')) as { mooc_video: Golden }).mooc_video;

  it('are all imported, come back by id as they were sent, and count as others counted them', async () => {
    const folder = newFolder();
    expect((await runCairn(folder, ['import', SOURCE])).code).toBe(0);
    const served = await serveCairn(folder);
    await expectGoldenCounts(served, golden());
    await expectEachById(served, lines());
  });

  it('are all stored by POST in batches, and count and come back the same', async () => {
    const served = await serveCairn(newFolder());
    const all = lines();
    for (let at = 0; at < all.length; at += 500) {
      const { status } = await ask(served, '/xapi/statements', `[${all.slice(at, at + 500).join(',')}]`);
      expect(status).toBe(200);
    }
    await expectGoldenCounts(served, golden());
    await expectEachById(served, all);
  });
});
