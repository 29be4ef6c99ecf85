import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../house/source-files.ts';

jest.setTimeout(60_000);

const moduleOf = (name: string): string =>
  JSON.stringify(pathToFileURL(join(ROOT, 'scripts/bench', name)).href);

/** Starts the references, sends each body to the route without storage, and prints what it answers. */
const PROGRAM = `
  import { startReferences } from ${moduleOf('subject.mjs')};
  import { killChildren } from ${moduleOf('../commands/children.mjs')};
  const { route } = await startReferences({ loads: ['references'], key: 'a:key', secret: 'short' });
  const { endpoint, authorization } = route.target;
  const ask = async (method, sent, body) => {
    const headers = { Authorization: sent, 'Content-Type': 'application/json', 'X-Experience-API-Version': '1.0.3' };
    const response = await fetch(endpoint + '/statements', { method, headers, body });
    return [response.status, await response.json()];
  };
  const answers = [];
  for (const body of JSON.parse(process.env.BODIES)) answers.push(await ask('POST', authorization, body));
  answers.push(await ask('POST', 'Basic eDp5', '{}'), await ask('GET', authorization));
  console.log(JSON.stringify(answers));
  killChildren();
`;

it('the route without storage authenticates, validates, answers the ids and keeps nothing', () => {
  const ids = [randomUUID(), randomUUID()];
  const [one, other] = ids.map((id) => ({
    id,
    actor: { mbox: 'mailto:ada@example.org' },
    verb: { id: 'https://example.org/verbs/did' },
    object: { id: 'https://example.org/a' },
  }));
  const bodies = [one, [one, other], { ...one, verb: {} }].map((body) => JSON.stringify(body));
  const text = execFileSync(process.execPath, ['--input-type=module', '--eval', PROGRAM], {
    env: { PATH: process.env['PATH'], BODIES: JSON.stringify(bodies) },
    encoding: 'utf8',
  });
  expect(JSON.parse(text)).toEqual([
    [200, [ids[0]]],
    [200, ids],
    [400, expect.objectContaining({ reason: 'statement-invalid' })],
    [401, expect.objectContaining({ reason: 'unauthenticated' })],
    [200, { statements: [], more: '' }],
  ]);
});
