import { certificateOf, signed } from '../xapi/jws.ts';
import { attaching, multipartOf } from './multipart-request.ts';
import { cairnOfFile } from './start-cairn.ts';
import { type Json, statementOf } from './statement-parts.ts';

const file = cairnOfFile();
const STATEMENTS = '/xapi/statements';
const isAbsent = async (id: string) =>
  expect((await file.cairn.wire({ path: `${STATEMENTS}?statementId=${id}` })).status).toBe(404);

describe('signatures', () => {
  const usageType = 'http://adlnet.gov/expapi/attachments/signature';
  const x5c = [certificateOf('signer')];
  const signing = (jws: string, more: Json = {}) => attaching(Buffer.from(jws), { usageType, ...more });
  const post = async (version: string, statement: Json, jws: string, more: Json = {}) => {
    const made = multipartOf({ ...statement, attachments: [signing(jws, more)] }, [Buffer.from(jws)]);
    return file.cairn.wire({
      method: 'POST',
      path: STATEMENTS,
      headers: { 'Content-Type': made.contentType, 'X-Experience-API-Version': version },
      body: made.body,
    });
  };

  it.each(['1.0.3', '2.0.0'])(
    'that verify are taken, in %s, and those without a certificate',
    async (version) => {
      for (const header of [{ alg: 'RS256', x5c }, { alg: 'RS512', x5c }, { alg: 'RS384' }]) {
        const statement = statementOf();
        expect((await post(version, statement, signed(statement, header))).status).toBe(200);
      }
    },
  );

  it.each(['1.0.3', '2.0.0'])('that do not are refused, in %s', async (version) => {
    const statement = statementOf();
    const good = signed(statement, { alg: 'RS256', x5c });
    const [head, payload] = good.split('.');
    const elsewhere = signed({ ...statement, verb: { id: 'a:other' } }, { alg: 'RS256', x5c });
    const wrong = [
      elsewhere,
      `${head}.${payload}.${elsewhere.split('.')[2]}`,
      signed(statement, { alg: 'HS256', x5c }),
      signed(statement, { alg: 'none' }),
      signed(statement, { alg: 'RS256', x5c: [certificateOf('ec')] }),
      'no.jws',
      signed('3', { alg: 'RS256', x5c }),
    ];
    for (const jws of wrong) {
      const { status, text } = await post(version, statement, jws);
      expect(status).toBe(400);
      expect(JSON.parse(text).problems[0]).toMatchObject({
        index: 0,
        pointer: expect.stringMatching(/^\/attachments\/0/),
      });
    }
    expect((await post(version, statement, good, { contentType: 'text/plain' })).status).toBe(400);
    await isAbsent(statement.id);
  });

  it('are of the very numbers that were signed, also those that no double holds', async () => {
    const statement = statementOf({ result: { extensions: { 'a:n': 'N' } } });
    const textOf = (number: string) => JSON.stringify(statement).replace('"N"', number);
    const jws = signed(textOf('12345678901234567890'), { alg: 'RS256', x5c });
    for (const [number, status] of [
      ['12345678901234567891', 400],
      ['12345678901234567890', 200],
    ] as const) {
      const made = multipartOf({ ...statement, attachments: [signing(jws)] }, [Buffer.from(jws)]);
      const body = Buffer.from(made.body.toString('latin1').replace('"N"', number), 'latin1');
      const headers = { 'Content-Type': made.contentType };
      expect((await file.cairn.wire({ method: 'POST', path: STATEMENTS, headers, body })).status).toBe(
        status,
      );
    }
  });

  it('are not for plain JSON, not even elsewhere', async () => {
    const statement = statementOf();
    const jws = signed(statement, { alg: 'RS256', x5c });
    const linked = signing(jws, { fileUrl: 'https://example.org/jws' });
    await file.cairn.all
      .post(STATEMENTS)
      .send({ ...statement, attachments: [linked] })
      .expect(400);
    await file.cairn.all
      .post(STATEMENTS)
      .send({ ...statement, attachments: [signing(jws)] })
      .expect(400);
    await isAbsent(statement.id);
  });
});
