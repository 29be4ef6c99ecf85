import fc from 'fast-check';
import { cairnOfFile } from './start-cairn.ts';
import { query, statementOf } from './statement-parts.ts';
import type { Answer } from './wire.ts';

const file = cairnOfFile();
const STATEMENTS = '/xapi/statements';
const POINTER = /^(?:\/(?:[^~/]|~[01])*)*$/;
const JSON_BODY = { 'Content-Type': 'application/json' };

/** Anything but a fault; a refusal says what is wrong, and where. */
const isAnswered = ({ status, text }: Answer, isHead = false): void => {
  expect(status).toBeLessThan(500);
  if (status < 400 || isHead) return;
  const { reason, message, problems } = JSON.parse(text);
  expect([typeof reason, typeof message]).toEqual(['string', 'string']);
  expect(problems.length).toBeGreaterThan(0);
  for (const { pointer } of problems) expect(pointer).toMatch(POINTER);
};

const post = (body: string | Buffer) =>
  file.cairn.wire({ method: 'POST', path: STATEMENTS, headers: JSON_BODY, body });
const lookUp = (id: string) => file.cairn.wire({ path: `${STATEMENTS}?statementId=${id}` });

/** The text of a statement with something in the place of an extension's value. */
const around = (value: string) => {
  const statement = statementOf({ result: { extensions: { 'a:x': 0 } } });
  const [before = '', behind = ''] = JSON.stringify(statement).split('"a:x":0');
  return { id: statement.id as string, text: `${before}"a:x":${value}${behind}`, sent: `"a:x":${value}` };
};

const strings = fc.string({ unit: 'binary', maxLength: 30 });
/** What a URL can tell. */
const texts = fc.string({ unit: 'grapheme', maxLength: 30 });

jest.setTimeout(60_000);
const blanks = fc.constantFrom('', ' ', '\n', '\t', '\r\n');
/** Tokens of numbers that a double cannot hold, or spells otherwise. */
const numbers = fc.constantFrom('0.10', '1e400', '-0', '12345678901234567890', '1.0', '1E+2', '0.1e-400');
const values = fc.oneof(
  fc.jsonValue({ stringUnit: 'binary' }).map((value) => JSON.stringify(value)),
  fc.array(numbers).map((tokens) => `[${tokens.join(',')}]`),
  strings.map((name) => `{${JSON.stringify(name)}:null}`),
  fc.constantFrom('{"__proto__":{"a":1},"constructor":[]}', '"\\ud800"', '"\\u0000\\/"'),
);

describe('what is generated', () => {
  it('as the value of an extension is accepted and comes back token by token', async () => {
    await fc.assert(
      fc.asyncProperty(values, blanks, blanks, async (value, before, behind) => {
        const { id, text, sent } = around(`${before}${value}${behind}`);
        expect((await post(text)).status).toBe(200);
        const back = await lookUp(id);
        expect(back.text).toContain(sent.replace(`${before}${value}${behind}`, value));
        expect(JSON.parse(back.text)).toMatchObject(JSON.parse(text));
      }),
      { numRuns: 100 },
    );
  });

  it('and is no JSON, or not UTF-8, is refused and not stored, also beside good ones', async () => {
    const good = statementOf();
    const broken = fc.constantFrom(
      '1 2',
      '- 1',
      'nu ll',
      '01',
      '1.',
      '[1,]',
      '{"a":1,"\\u0061":2}',
      '"\t"',
      'NaN',
      '"\\x"',
    );
    await fc.assert(
      fc.asyncProperty(broken, fc.array(values, { maxLength: 3 }), fc.nat(3), async (bad, others, at) => {
        const items = [...others];
        items.splice(Math.min(at, items.length), 0, bad);
        const { id, text } = around(`[${items.join(',')}]`);
        const answer = await post(`[${JSON.stringify(good)},${text}]`);
        isAnswered(answer);
        expect(answer.status).toBe(400);
        for (const one of [id, good.id as string]) expect((await lookUp(one)).status).toBe(404);
      }),
      { numRuns: 30 },
    );
  });

  it('as bytes in a statement never is a fault, and what is accepted is what was sent', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 12 }),
        fc.nat(),
        fc.nat(8),
        async (bytes, place, length) => {
          const whole = Buffer.from(around('"ü"').text);
          const at = place % whole.length;
          const body = Buffer.concat([whole.subarray(0, at), bytes, whole.subarray(at + length)]);
          const answer = await post(body);
          isAnswered(answer);
          if (answer.status !== 200) return;
          const back = await lookUp(JSON.parse(answer.text)[0]);
          const { stored, authority, version, timestamp, ...rest } = JSON.parse(back.text);
          expect([typeof stored, typeof authority, typeof version, typeof timestamp]).not.toContain(
            'undefined',
          );
          expect(JSON.parse(body.toString())).toMatchObject(rest);
        },
      ),
      { numRuns: 120 },
    );
  });

  it('as a parameter never is a fault', async () => {
    const names = fc.oneof(
      fc.constantFrom('agent', 'verb', 'activity', 'since', 'limit', 'format', 'statementId', 'ascending'),
      texts,
    );
    const any = fc.oneof(texts, values);
    await fc.assert(
      fc.asyncProperty(names, any, fc.constantFrom('GET', 'HEAD'), async (name, text, method) => {
        const path = `${STATEMENTS}?${query({ [name]: text })}`;
        isAnswered(await file.cairn.wire({ path, method }), method === 'HEAD');
      }),
      { numRuns: 120 },
    );
  });

  it('as a document comes back byte by byte, under whatever id', async () => {
    const agent = JSON.stringify({ mbox: 'mailto:ada@example.org' });
    await fc.assert(
      fc.asyncProperty(fc.uint8Array(), texts, async (bytes, name) => {
        const stateId = `${name}.`;
        const path = `/xapi/activities/state?${query({ activityId: 'a:a', agent, stateId })}`;
        const body = Buffer.from(bytes);
        const headers = { 'Content-Type': 'application/octet-stream' };
        expect((await file.cairn.wire({ method: 'PUT', path, headers, body })).status).toBe(204);
        expect((await file.cairn.wire({ path })).bytes.equals(body)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });
});
