import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { type Change, plantProgram } from '../crash/plant-program.ts';
import { closeReceivers } from '../forwarding/receiver.ts';
import { cleanUp, newFolder, runCairn, serveCairn } from './cairn.ts';
import { driveSecrets, type SeenSecrets } from './drive-secrets.ts';
import { statement } from './statements.ts';

jest.setTimeout(60_000);
afterEach(async () => {
  cleanUp();
  await closeReceivers();
});

/** A fault while something is stored that quotes what was sent. */
const FAULT: Change = [
  /const by = readAuthority\(batch\.authority\);/,
  `$&
      const wrong = batch.statements.find(({ statement }) => statement.verb.id.startsWith("a:fault"));
      if (wrong) throw new TypeError('The value "' + wrong.statement.verb.id + '" is wrong', { cause: new SyntaxError(wrong.statement.verb.id) });`,
];

const drive = async (...changes: readonly Change[]): Promise<SeenSecrets> => {
  const folder = newFolder();
  return driveSecrets(folder, plantProgram(folder, [FAULT, ...changes]));
};

const OPERATORS = ['the log', 'the figures', 'status', 'what doctor says', 'the command line', 'the output'];

/** Which canaries were found where. */
const leaksOf = ({ canaries, places }: SeenSecrets): readonly string[] =>
  Object.entries(places).flatMap(([place, said]) =>
    canaries
      .foundIn(said, OPERATORS.includes(place) ? 'all' : 'secret')
      .map((where) => `${where} is in ${place}`),
  );

describe('credentials of every kind', () => {
  it('are in no log, figure, answer, list, export or file but where they belong', async () => {
    const seen = await drive();
    expect(leaksOf(seen)).toEqual([]);
    const { places, statuses } = seen;
    expect(statuses).toEqual({
      'a bearer key': 200,
      'a wrong bearer key': 401,
      'the auth of a launch': 200,
      'a wrong fetch token': 200,
      'the token of a launch': 200,
      'a fetch token again': 200,
      'a good token': 200,
      'an expired token': 401,
      'a token for others': 401,
      'a token of a stranger': 401,
      'a token with a wrong signature': 401,
      'what only looks like a token': 401,
      'a form that is none': 400,
      'a form as JSON': 400,
      parts: 400,
      'a bad statement': 400,
      gzip: 200,
      'cut gzip': 400,
      'a request id': 200,
      'a fault': 500,
    });
    // Everything was said that can be.
    expect(places['the log']).toMatch(/"msg":"fault"/);
    expect(places['the dead letters']).toContain('You sent Basic …, which is ….');
    expect(places['forwards']).toContain('It answered 500.');
    expect(places['forwards']).toContain('Redirects are not followed');
    expect(places['quarantine']).toContain('"reason":"statement-invalid"');
    expect(places['the backup']).toContain('SQLite format 3');
    expect(places['the stream']).toContain('event-stream');
    expect(places['the output']).toContain('first-credential.txt');
  });

  it('are found in each place where a program has them that leaks', async () => {
    const leaks = leaksOf(
      await drive(
        // It keeps what other LRSs answer as it is,
        [/\(text\d*\) => hideCredentials\(target\d*, text\d*\)/, '(text) => text'],
        // quarantines forms,
        [/ && !isForm\(exchange\)/, ''],
        // names a launch by its URL, and who was refused by what they sent,
        [
          /"\/launch", (named\d*)\("launch"\)/,
          '"/launch", (request, response, next) => $1(request.url)(request, response, next)',
        ],
        [/refused\w*\.note\(address, key\);/, '$& admitVisit(response, authorization);'],
        // labels a launch with its secret, and shows where statements are sent on to with all that this takes.
        [/label: "launch"/, 'label: secret'],
        [/forwarding: "secret"/, 'forwarding: "shown"'],
      ),
    );
    expect(leaks).toEqual(
      expect.arrayContaining([
        'the secret of forwarding to the refusing is in the dead letters',
        'the secret of forwarding in a file is in forwards',
        'a form without a method is in the data folder',
        'a wrong fetch token is in the log',
        'the signature of an expired token is in the log',
        'a wrong bearer key is in the log',
        'the secret of a launch is in credentials',
        'the secret of forwarding in a file is in status',
      ]),
    );
  });
});

describe('what nobody catches', () => {
  /** Ends a server by a statement on which something throws behind everybody's back; answers what it said. */
  const endBy = async (how: string, ...changes: readonly Change[]) => {
    const folder = newFolder();
    const thrown: Change = [
      FAULT[0],
      `$& setTimeout(() => { const quoted = new TypeError('"' + batch.statements[0].statement.verb.id + '"'); ${how}; });`,
    ];
    const program = plantProgram(folder, [thrown, ...changes]);
    const { url, process } = await serveCairn(join(folder, 'data'), {}, program);
    const said = text(process.stderr as Readable);
    const ended = once(process, 'exit');
    const headers = {
      Authorization: `Basic ${Buffer.from('first:first-secret').toString('base64')}`,
      'X-Experience-API-Version': '1.0.3',
      'Content-Type': 'application/json',
    };
    const body = statement(1, { verb: { id: 'a:canary' } });
    await fetch(`${url}/xapi/statements`, { method: 'POST', headers, body }).catch(() => undefined);
    return { code: ((await ended) as [number])[0], said: await said };
  };

  it.each([
    ['thrown', 'throw quoted'],
    ['rejected', 'Promise.reject(quoted)'],
  ])('ends the server when it is %s, and is logged without what it quotes', async (_what, how) => {
    const { code, said } = await endBy(how);
    expect(code).toBe(70);
    expect(said).toMatch(/"fault":\{"name":"TypeError".*"msg":"a fault that nobody has caught"/);
    expect(said).not.toContain('canary');
  });

  it('is found when it is left to Node', async () => {
    const { said } = await endBy('throw quoted', [/process\.on\("uncaughtException", [\w.]+\);/, '']);
    expect(said).toContain('a:canary');
  });
});

describe('what is said of settings that are wrong', () => {
  it.each(['CAIRN_FORWARDING_FILE', 'CAIRN_OIDC_FILE'])('does not quote %s', async (name) => {
    const folder = newFolder();
    const file = join(folder, 'file.json');
    for (const wrong of [
      '{"secret": Canary-of-a-file}',
      '{"secret": "Canary-of-a-file',
      '["Canary-of-a-file"]',
    ]) {
      writeFileSync(file, wrong);
      const { code, out, err } = await runCairn(join(folder, 'data'), ['serve'], { more: { [name]: file } });
      expect([code, out]).toEqual([1, '']);
      expect(err).toContain(name);
      expect(err).not.toContain('Canary');
    }
  });

  it('does not quote secrets that are too short', async () => {
    const more = { CAIRN_KEY: 'first', CAIRN_SECRET: 'Canary', CAIRN_METRICS_TOKEN: 'Canary' };
    const { err } = await runCairn(join(newFolder(), 'data'), ['serve'], { more });
    expect(err).toContain('CAIRN_SECRET needs');
    expect(err).toContain('CAIRN_METRICS_TOKEN needs');
    expect(err).not.toContain('Canary');
  });
});
