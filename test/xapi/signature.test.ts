import fc from 'fast-check';
import { Rejection } from '../../src/xapi/rejection.ts';
import { checkSignature, SIGNATURE_USAGE } from '../../src/xapi/signature.ts';
import type { Attachment, Family, Statement } from '../../src/xapi/statement.ts';
import { certificateOf, signed } from './jws.ts';

const FAMILIES: readonly Family[] = ['1.0.3', '2.0.0'];

const bare: Statement = {
  id: '6690e6c9-3ef0-4ed3-8b37-7f3964730bee',
  actor: { objectType: 'Agent', name: 'Ada', mbox: 'mailto:ada@example.com' },
  verb: { id: 'https://example.com/verbs/did', display: { en: 'did' } },
  object: { objectType: 'Activity', id: 'https://example.com/a', definition: { name: { en: 'A' } } },
  timestamp: '2026-01-02T03:04:05Z',
};
const picture: Attachment = {
  usageType: 'https://example.com/use',
  display: { en: 'a picture' },
  contentType: 'image/png',
  length: 12,
  sha2: 'ab'.repeat(32),
};
const signature: Attachment = {
  ...picture,
  usageType: SIGNATURE_USAGE,
  contentType: 'application/octet-stream',
};
const statement: Statement = { ...bare, attachments: [signature] };

const RS256 = { alg: 'RS256' };
const certified = { ...RS256, x5c: [certificateOf('signer')] };

const reasonOf = (jws: Buffer | string, of: Statement = statement, family: Family = '1.0.3'): string => {
  try {
    checkSignature(jws, of, family);
  } catch (error) {
    if (error instanceof Rejection && error.problems.length === 1) return `${error.reason}: ${error.message}`;
    throw error;
  }
  return 'accepted';
};

const REFUSED = /^signature-invalid: /;

describe.each(FAMILIES)('a signature in %s', (family) => {
  it.each(['RS256', 'RS384', 'RS512'])('is verified by %s against the first certificate', (alg) => {
    const x5c = [certificateOf('signer'), certificateOf('ec')];
    const jws = signed(bare, { alg, x5c });
    expect(checkSignature(jws, statement, family)).toEqual({ verdict: 'verified' });
    expect(checkSignature(Buffer.from(jws), statement, family)).toEqual({ verdict: 'verified' });
  });

  it.each(['RS256', 'RS384', 'RS512'])('is accepted by %s without a certificate', (alg) => {
    expect(checkSignature(signed(bare, { alg }), statement, family)).toEqual({ verdict: 'no-key' });
  });

  it('covers what is equivalent: other spelling, nothing that the LRS assigns', () => {
    const { id, timestamp, ...unassigned } = bare;
    expect([id, timestamp]).not.toContain(undefined);
    const payload = JSON.stringify({ ...unassigned, verb: { id: bare.verb.id } }, null, 2);
    expect(checkSignature(signed(payload), statement, family)).toEqual({ verdict: 'no-key' });
  });

  it('does not cover another statement', () => {
    for (const other of [
      { ...bare, verb: { id: 'https://example.com/verbs/failed' } },
      {},
      statement.actor,
    ]) {
      expect(reasonOf(signed(other, certified), statement, family)).toMatch(REFUSED);
    }
  });

  it('names its clause', () => {
    try {
      checkSignature('', statement, family);
      throw new Error('accepted');
    } catch (error) {
      expect((error as Rejection).problems[0]?.clause).toBe(family === '1.0.3' ? 'Data 2.6' : '4.2.6');
    }
  });
});

describe('the payload (SG-3)', () => {
  it('holds the other attachments of the statement', () => {
    const both = { ...bare, attachments: [picture, signature] };
    expect(reasonOf(signed({ ...bare, attachments: [picture] }), both)).toBe('accepted');
    expect(reasonOf(signed(bare), both)).toMatch(REFUSED);
  });

  it('may have an empty list of attachments, or an earlier signature', () => {
    expect(reasonOf(signed({ ...bare, attachments: [] }))).toBe('accepted');
    const twice = { ...bare, attachments: [signature, { ...signature, sha2: 'cd'.repeat(32) }] };
    expect(reasonOf(signed(statement), twice)).toBe('accepted');
  });

  it.each([
    ['broken JSON', JSON.stringify(bare).replace('"', "'")],
    ['a repeated key', JSON.stringify(bare).replace('{', '{"verb":{"id":"https://example.com/x"},')],
    ['a list', JSON.stringify([bare])],
    ['null', 'null'],
    ['nothing', ''],
    ['nesting without end', '['.repeat(100_000)],
    ['attachments that are none', JSON.stringify({ ...bare, attachments: [null, 1, { usageType: 2 }] })],
  ])('is refused when it is %s', (_, payload) => {
    expect(reasonOf(signed(payload, certified))).toMatch(REFUSED);
  });

  it('is refused when it is not UTF-8', () => {
    const [head, , tail] = signed(bare).split('.');
    const bytes = Buffer.from(JSON.stringify(bare).replace('Ada', '\xff'), 'latin1');
    expect(reasonOf(`${head}.${bytes.toString('base64url')}.${tail}`)).toMatch(/UTF-8/);
  });
});

describe('the header (SG-2, SG-4)', () => {
  it.each(['HS256', 'none', 'ES256', 'PS256', 'rs256', '', 5, null, undefined])(
    'with the alg %j is refused',
    (alg) => {
      expect(reasonOf(signed(bare, { alg }))).toMatch(/RS256, RS384 or RS512/);
    },
  );

  it.each([
    ['no list', certificateOf('signer')],
    ['an empty list', []],
    ['null', null],
    ['no text', [5]],
    ['no certificate', ['AAAA']],
    ['a certificate of an EC key', [certificateOf('ec')]],
  ])('with an x5c that is %s is refused', (_, x5c) => {
    expect(reasonOf(signed(bare, { ...RS256, x5c }))).toMatch(/x5c/);
  });

  it('with a critical extension is refused', () => {
    expect(reasonOf(signed(bare, { ...RS256, crit: ['b64'], b64: false }))).toMatch(/crit/);
  });

  it('never makes the LRS fetch a key', () => {
    const header = { ...RS256, jku: 'http://127.0.0.1:9/keys', x5u: 'http://127.0.0.1:9/key' };
    expect(reasonOf(signed(bare, header))).toBe('accepted');
  });
});

describe('the form', () => {
  const good = signed(bare, certified);
  const [head, payload, tail] = good.split('.') as [string, string, string];

  it.each([
    ['nothing', ''],
    ['two parts', `${head}.${payload}`],
    ['four parts', `${good}.x`],
    ['no signature', `${head}.${payload}.`],
    ['no signature and no key', `${signed(bare).split('.', 2).join('.')}.`],
    ['padding', `${head}.${payload}=.${tail}`],
    ['the alphabet of base64', `${head}.${payload}.${'/'.repeat(tail.length)}`],
    ['a line feed', `${good}\n`],
    ['the JSON serialisation', JSON.stringify({ payload, protected: head, signature: tail })],
    ['the signature of another digest', `${head}.${payload}.${signed(bare, { alg: 'RS512' }).split('.')[2]}`],
  ])('with %s is refused', (_, jws) => {
    expect(reasonOf(jws)).toMatch(REFUSED);
  });

  it('with any byte of the payload or the signature changed is refused', () => {
    expect(reasonOf(good)).toBe('accepted');
    fc.assert(
      fc.property(
        fc.integer({ min: head.length, max: good.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        (at, by) => {
          const bytes = Buffer.from(good, 'latin1');
          bytes[at] = (bytes[at] as number) ^ by;
          expect(reasonOf(bytes)).toMatch(REFUSED);
        },
      ),
    );
  });
});
