import { join } from 'node:path';
import { type Change, plantProgram } from '../crash/plant-program.ts';
import { cleanUp, newFolder } from './cairn.ts';
import { newCanaries } from './canaries.ts';
import { driveCanaries, type Seen } from './drive-canaries.ts';

afterEach(cleanUp);

/** A fault that quotes what was sent, as those of the platform do. */
const FAULT: Change = [
  /page: async \(query\) => \{/,
  `page: async (query) => { if (query.verb?.startsWith("a:fault"))
     throw new TypeError('The value "' + query.verb + '" is wrong', { cause: new SyntaxError(query.verb) });`,
];

const drive = async (...changes: readonly Change[]): Promise<Seen> => {
  const folder = newFolder();
  return driveCanaries(join(folder, 'data'), plantProgram(folder, [FAULT, ...changes]));
};

/** Which canaries were found where. */
const leaksOf = ({ canaries, operators, others }: Seen): readonly string[] => [
  ...Object.entries(operators).flatMap(([place, text]) =>
    canaries.foundIn(text, 'all').map((where) => `${where} is in ${place}`),
  ),
  ...Object.entries(others).flatMap(([place, text]) =>
    canaries.foundIn(text, 'secret').map((where) => `${where} is in ${place}`),
  ),
];

describe('what is secret, or about people', () => {
  it('is in no log, no figure, no trace, no error and no export', async () => {
    const seen = await drive();
    expect(leaksOf(seen)).toEqual([]);
    // It has gone where it was to go, and everything has been said that can be.
    expect([...seen.statuses].sort()).toEqual([200, 204, 400, 401, 404, 500]);
    const { operators, others, canaries } = seen;
    expect(operators['the log']?.match(/"msg":"request"/g)?.length).toBeGreaterThan(20);
    expect(operators['the log']).toMatch(/"msg":"fault"/);
    expect(operators['the log']).toMatch(/"msg":"login refused"/);
    expect(operators['the figures']).toContain('cairn_refusals_total{reason="fault"} 1');
    expect(operators['the traces']).toContain('GET statements');
    expect(operators['the status']).toContain('"faults":1');
    expect(operators['what doctor says']).toContain('is running as process');
    expect(canaries.foundIn(others['the export'] ?? '', 'all')).toContain('an actor’s name');
  });

  it.each<[string, readonly Change[], string]>([
    [
      'the headers of requests in the log',
      [
        [/id: requestIdOf\(headers\["x-request-id"\]\),/, '$& headers,'],
        [/requestId: id,\n/, 'requestId: id, headers: visit.headers,\n'],
      ],
      'CAIRN_SECRET is in the log',
    ],
    [
      'URLs for routes',
      [
        [
          /nameVisit\(response, resource\.path, meant\d*\.method\);/,
          'nameVisit(response, response.req.originalUrl);',
        ],
      ],
      'a verb that is asked for is in the figures',
    ],
    [
      'what faults quote',
      [[/message: name\d* === "SyntaxError" \? "" : unquoted\(message\)/, 'message']],
      'what a fault quotes is in the log',
    ],
    [
      'secrets among the settings',
      [[/how === "secret" && (value\d*) !== null \? "set" : value\d*/, '$1']],
      'CAIRN_METRICS_TOKEN is in the status',
    ],
    ['any request id', [[/FIT\d*\.test\(sent\)/, 'sent.length > 0']], 'a request id is in the traces'],
  ])('is found when a program tells %s', async (_what, changes, leak) => {
    expect(leaksOf(await drive(...changes)).join('\n')).toContain(leak);
  });

  it('is found however it is encoded', () => {
    const canaries = newCanaries();
    const canary = canaries.plant('here', 'content');
    for (const before of ['', 'a', 'ab', 'abc']) {
      const bytes = Buffer.from(`${before}${canary}!!`);
      for (const encoding of ['utf8', 'hex', 'base64', 'base64url'] as const) {
        expect(canaries.foundIn(bytes.toString(encoding), 'all')).toEqual(['here']);
      }
    }
    expect(canaries.foundIn(canary, 'secret')).toEqual([]);
    expect(canaries.foundIn('Canary', 'all')).toEqual([]);
  });
});
