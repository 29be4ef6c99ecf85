import type { AttachmentPart } from '../../src/xapi/attachment-parts.ts';
import { matchAttachments, problemsWithoutParts } from '../../src/xapi/attachments.ts';
import {
  attachmentOf,
  bare,
  bytes,
  digest,
  file,
  having,
  havingInside,
  inner,
  partOf,
  places,
  problemsOf,
} from './attached.ts';

describe('matching parts with attachments', () => {
  it('gives the bytes under the digest, with their type', () => {
    const { data, signatures } = matchAttachments([having(attachmentOf(bytes))], [partOf(bytes)], '1.0.3');
    expect([...data]).toEqual([[digest(bytes), { contentType: 'text/plain', body: bytes }]]);
    expect(data.get(digest(bytes))?.body).toBe(bytes);
    expect(signatures.size).toBe(0);
  });

  it('lets one part serve many attachments, and the same part come twice', () => {
    const statements = [
      having(attachmentOf(bytes), attachmentOf(bytes, file)),
      havingInside(attachmentOf(bytes)),
    ];
    const { data } = matchAttachments(statements, [partOf(bytes), partOf(bytes)], '2.0.0');
    expect([...data.keys()]).toEqual([digest(bytes)]);
  });

  it.each(['sha224', 'sha256', 'sha384', 'sha512'])('knows %s, in either case', (algorithm) => {
    const sha2 = digest(bytes, algorithm);
    const upper = having(attachmentOf(bytes, { sha2: sha2.toUpperCase() }));
    const { data } = matchAttachments([upper], [partOf(bytes, { hash: ` ${sha2}` })], '1.0.3');
    expect([...data.keys()]).toEqual([sha2]);
    expect(
      problemsOf([having(attachmentOf(bytes, { sha2 }))], [partOf(bytes, { hash: sha2.toUpperCase() })]),
    ).toEqual([]);
  });

  it('takes an empty attachment, one with a fileUrl, statements without any, and no parts', () => {
    const empty = Buffer.alloc(0);
    expect(problemsOf([having(attachmentOf(empty))], [partOf(empty)])).toEqual([]);
    expect(problemsOf([having(attachmentOf(bytes, file))], [])).toEqual([]);
    expect(problemsOf([bare, having(), inner], [])).toEqual([]);
  });

  it('leaves the number of bytes to the digest, as the ADL suite declares a length that is not it', () => {
    expect(problemsOf([having(attachmentOf(bytes, { length: 1 }))], [partOf(bytes)])).toEqual([]);
  });

  it('names the type of the attachment when the part has none that a header can carry', () => {
    const typeOf = (contentType: string) => {
      const part = partOf(bytes, { contentType: undefined });
      return matchAttachments([having(attachmentOf(bytes, { contentType }))], [part], '1.0.3').data.get(
        digest(bytes),
      )?.contentType;
    };
    expect(typeOf('image/png; a=b')).toBe('image/png; a=b');
    expect(typeOf('image/png; a=\u010a')).toBe('application/octet-stream');
  });
});

describe('a part is refused', () => {
  const one = [having(attachmentOf(bytes))];
  it.each<readonly [string, Partial<AttachmentPart>, RegExp]>([
    ['without a hash', { hash: undefined }, /no X-Experience-API-Hash/],
    ['with an empty hash', { hash: '' }, /no X-Experience-API-Hash/],
    ['with a hash that nothing declares', { hash: digest(Buffer.from('other')) }, /sha2 of no attachment/],
    ['with other bytes', { body: Buffer.from('other') }, /do not give/],
    ['without an encoding', { encoding: undefined }, /binary/],
    ['with another encoding', { encoding: 'base64' }, /binary/],
    ['with another type', { contentType: 'text/html' }, /Content-Type/],
    ['with another length', { length: '26' }, /Content-Length/],
    ['with a length that is none', { length: 'x' }, /Content-Length/],
  ])('%s', (_, more, message) => {
    const problems = problemsOf(one, [partOf(bytes, more)]);
    const ofParts = problems.filter(({ index }) => index === undefined);
    expect(ofParts.map((problem) => problem.message)).toEqual([expect.stringMatching(message)]);
    expect(ofParts[0]?.message).toMatch(/^Part 2 /);
  });

  it('but not for letter case or parameters', () => {
    const part = partOf(bytes, {
      encoding: ' Binary',
      contentType: 'Text/Plain; charset=ascii',
      length: '27',
    });
    expect(problemsOf(one, [part])).toEqual([]);
  });

  it('when its hash is no SHA-2 although declared', () => {
    const sha2 = 'ab'.repeat(20);
    expect(problemsOf([having(attachmentOf(bytes, { sha2 }))], [partOf(bytes, { hash: sha2 })])).toEqual([
      { pointer: '', message: expect.stringMatching(/no SHA-2/), clause: 'Communication 1.5.2' },
    ]);
  });

  it('when it agrees in type with none of its attachments', () => {
    const types = (...all: readonly string[]) =>
      having(...all.map((contentType) => attachmentOf(bytes, { contentType })));
    expect(problemsOf([types('text/html', 'text/plain')], [partOf(bytes)])).toEqual([]);
    expect(problemsOf([types('text/html', 'text/css')], [partOf(bytes)])).toHaveLength(1);
  });

  it('when its length is that of none of its attachments', () => {
    const lengths = (...all: readonly number[]) =>
      having(...all.map((length) => attachmentOf(bytes, { length })));
    const part = partOf(bytes, { length: '27' });
    expect(problemsOf([lengths(26, 27)], [part])).toEqual([]);
    expect(problemsOf([lengths(26, 28)], [part])).toHaveLength(1);
  });
});

describe('an attachment is refused', () => {
  it('when it has neither a part nor a fileUrl, wherever it stands', () => {
    const other = Buffer.from('other');
    const statements = [
      having(attachmentOf(bytes), attachmentOf(other, file), attachmentOf(other)),
      bare,
      havingInside(attachmentOf(bytes, file), attachmentOf(other)),
    ];
    expect(places(problemsOf(statements, [partOf(bytes)]))).toEqual([
      '0 /attachments/2',
      '2 /object/attachments/1',
    ]);
    expect(places(problemsWithoutParts(statements, '2.0.0'))).toEqual([
      '0 /attachments/0',
      '0 /attachments/2',
      '2 /object/attachments/1',
    ]);
  });

  it('together with all else that is wrong, in the order of what was sent', () => {
    const parts = [partOf(bytes, { hash: undefined }), partOf(bytes), partOf(bytes, { encoding: '7bit' })];
    const problems = problemsOf([having(attachmentOf(bytes)), having(attachmentOf(Buffer.from('x')))], parts);
    expect(places(problems)).toEqual(['1 /attachments/0', '- ', '- ']);
    expect(problems.map(({ message }) => message.slice(0, 6))).toEqual(['An att', 'Part 2', 'Part 4']);
  });

  it.each([
    ['1.0.3', 'Data 2.4.11', 'Communication 1.5.2'],
    ['2.0.0', '4.2.2.6', '4.1.3'],
  ] as const)('with the clause of %s', (family, ...clauses) => {
    const problems = problemsOf([having(attachmentOf(bytes))], [partOf(Buffer.from('x'))], family);
    expect(problems.map(({ clause }) => clause)).toEqual(clauses);
  });

  it('not when plain JSON needs no part', () => {
    expect(problemsWithoutParts([bare, having(attachmentOf(bytes, file)), inner], '1.0.3')).toEqual([]);
  });
});
