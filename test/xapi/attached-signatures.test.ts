import { matchAttachments, problemsWithoutParts } from '../../src/xapi/attachments.ts';
import { SIGNATURE_USAGE } from '../../src/xapi/signature.ts';
import {
  attachmentOf,
  bare,
  bytes,
  file,
  having,
  havingInside,
  partOf,
  places,
  problemsOf,
} from './attached.ts';
import { certificateOf, signed } from './jws.ts';

describe('signatures', () => {
  const octets = { usageType: SIGNATURE_USAGE, contentType: 'application/octet-stream' };
  const certified = { alg: 'RS256', x5c: [certificateOf('signer')] };
  const jwsOf = (payload: unknown, header = certified) => Buffer.from(signed(payload, header));
  const signaturePart = (body: Buffer) => partOf(body, { contentType: octets.contentType });
  const good = jwsOf(bare);
  const keyless = jwsOf(bare, { alg: 'RS512' } as never);

  it('give their verdict to their statement', () => {
    const statements = [bare, having(attachmentOf(good, octets)), having(attachmentOf(keyless, octets))];
    const { signatures } = matchAttachments(statements, [good, keyless].map(signaturePart), '1.0.3');
    expect([...signatures]).toEqual([
      [1, 'verified'],
      [2, 'no-key'],
    ]);
  });

  it('verify a statement only together', () => {
    for (const order of [
      [good, keyless],
      [keyless, good],
    ]) {
      const statement = having(...order.map((body) => attachmentOf(body, octets)));
      const { signatures } = matchAttachments([statement], order.map(signaturePart), '1.0.3');
      expect([...signatures]).toEqual([[0, 'no-key']]);
    }
  });

  it('are refused at their place when they are bad', () => {
    const bad = jwsOf({ ...bare, verb: { id: 'https://example.com/other' } });
    const statements = [bare, having(attachmentOf(bytes), attachmentOf(bad, octets))];
    const problems = problemsOf(statements, [partOf(bytes), signaturePart(bad)]);
    expect(places(problems)).toEqual(['1 /attachments/1']);
    expect(problems[0]).toMatchObject({ clause: 'Data 2.6', message: expect.stringMatching(/payload/) });
  });

  it('are refused with another contentType, sent along or not (SG-1)', () => {
    const declared = attachmentOf(good, { ...octets, contentType: 'text/plain; charset=ascii', ...file });
    const part = partOf(good, { contentType: 'text/plain; charset=ascii' });
    expect(places(problemsOf([having(declared)], [part]))).toEqual(['0 /attachments/0/contentType']);
    expect(places(problemsWithoutParts([having(declared)], '1.0.3'))).toEqual([
      '0 /attachments/0/contentType',
      '0 /attachments/0',
    ]);
  });

  it('are refused behind a fileUrl (SG-6)', () => {
    const declared = having(attachmentOf(good, { ...octets, ...file }));
    expect(places(problemsOf([declared], []))).toEqual(['0 /attachments/0']);
    expect(places(problemsWithoutParts([declared], '2.0.0'))).toEqual(['0 /attachments/0']);
  });

  it('are ordinary attachments inside a SubStatement (SG-5)', () => {
    const declared = havingInside(attachmentOf(bytes, { ...octets, contentType: 'text/plain' }));
    expect(matchAttachments([declared], [partOf(bytes)], '1.0.3').signatures.size).toBe(0);
  });
});
