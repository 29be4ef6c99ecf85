import fc from 'fast-check';
import type { DocumentContent, StoredDocument } from '../../src/documents/document.ts';
import { isJson, mergeDocument } from '../../src/documents/merge.ts';

const JSON_TYPE = 'application/json';

const document = (text: string, contentType = JSON_TYPE): StoredDocument => ({
  id: 'x',
  contentType,
  content: Buffer.from(text),
  etag: '',
  updated: 1,
});
const sent = (text: string, contentType = JSON_TYPE) => ({ contentType, content: Buffer.from(text) });
const merge = (present: StoredDocument | undefined, body: DocumentContent): DocumentContent =>
  mergeDocument(present, body, 100);
const merged = (present: string | undefined, text: string): string =>
  merge(present === undefined ? undefined : document(present), sent(text)).content.toString();
const nested = (depth: number): string => `{"a":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`;

describe('merging documents (DC-7)', () => {
  it('keeps the order of the old one and puts new keys behind (DC-8), each value as it was written', () => {
    expect(merged('{"b": 1, "a" :0.10}', '{ "c":1e400, "b":[1, 2 ] }')).toBe(
      '{"b":[1,2],"a":0.10,"c":1e400}',
    );
    expect(merged('{"n":12345678901234567890}', '{}')).toBe('{"n":12345678901234567890}');
    expect(merged('{}', '{"s":"a  \\"b\\u0000\\ud800"}')).toBe('{"s":"a  \\"b\\u0000\\ud800"}');
  });

  it('goes one level deep', () => {
    expect(merged('{"a":{"x":1,"y":2}}', '{"a":{"z":3}}')).toBe('{"a":{"z":3}}');
  });

  it('takes keys for what they mean, and __proto__ for a key like any other', () => {
    expect(merged('{"\\u0061":1}', '{"a":2}')).toBe('{"a":2}');
    expect(merged('{"__proto__":{"x":1},"constructor":1}', '{"__proto__":2,"10":0,"2":0}')).toBe(
      '{"__proto__":2,"constructor":1,"10":0,"2":0}',
    );
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  it('takes what is sent where there is nothing, byte by byte', () => {
    for (const text of ['{ "a" : 1 }', '[1, 2]', '"x"', 'null']) expect(merged(undefined, text)).toBe(text);
    const other = sent('no JSON', 'text/plain');
    expect(merge(undefined, other)).toEqual(other);
  });

  it('takes the content type of what is sent, whose parameters and case do not count', () => {
    const type = 'Application/JSON ; charset=utf-8';
    expect(merge(document('{"a":1}', type), sent('{}', type)).contentType).toBe(type);
    expect([isJson(type), isJson('application/json+ld'), isJson('text/json'), isJson('')]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  it.each([
    ['{}', sent('{}', 'text/plain'), 'document-invalid'],
    ['[]', sent('{}'), 'document-invalid'],
    ['{}', sent('[1]'), 'document-invalid'],
    ['{}', sent('null'), 'document-invalid'],
    ['{}', sent('{"a":1,"a":2}'), 'json-invalid'],
    ['{}', sent('{"a":1'), 'json-invalid'],
    ['{}', sent(''), 'json-invalid'],
    ['{}', sent(nested(101)), 'too-large'],
    ['{}', sent(`{"a":${'['.repeat(100_000)}`), 'too-large'],
    [nested(101), sent('{}'), 'document-invalid'],
    [`{"a":${'['.repeat(100_000)}`, sent('{}'), 'document-invalid'],
    ['no JSON', sent('{}'), 'json-invalid'],
  ])('refuses %j with %j: %s', (present, body, reason) => {
    expect(() => merge(document(present), body)).toThrow(expect.objectContaining({ reason }));
  });

  it('takes what is as deep as it may be, and says of what is deeper which one it is', () => {
    expect(merged(undefined, nested(100))).toBe(nested(100));
    expect(merged(nested(100), nested(99))).toBe(nested(99));
    expect(merged('{"b":1}', nested(100))).toBe(`{"b":1,${nested(100).slice(1)}`);
    expect(() => merged(undefined, nested(101))).toThrow(
      /more than 100 deep, the limit that CAIRN_MAX_DEPTH/,
    );
    expect(() => merged(nested(101), '{}')).toThrow(
      /^The document that is there .* Use PUT to replace it\.$/,
    );
  });

  it('refuses bytes that are no UTF-8, which reading would change', () => {
    const notUtf8 = {
      contentType: JSON_TYPE,
      content: Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]),
    };
    const refusal = expect.objectContaining({ reason: 'json-invalid' });
    expect(() => merge(undefined, notUtf8)).toThrow(refusal);
    expect(() => merge(document('{}'), notUtf8)).toThrow(refusal);
    expect(() => merge({ ...document(''), ...notUtf8 }, sent('{}'))).toThrow(refusal);
  });

  it('refuses to merge into what is not JSON, and JSON that is none where there is nothing', () => {
    expect(() => merge(document('{}', 'text/plain'), sent('{}'))).toThrow(/is text\/plain, not JSON/);
    expect(() => merge(undefined, sent('{'))).toThrow(expect.objectContaining({ reason: 'json-invalid' }));
  });

  it('is Object.assign in any other respect', () => {
    const objects = fc.dictionary(fc.constantFrom('a', 'b', '"', 'ä', '__proto__', 'x y'), fc.jsonValue(), {
      noNullPrototype: true,
    });
    fc.assert(
      fc.property(objects, objects, (one, two) => {
        const expected = new Map([...Object.entries(one), ...Object.entries(two)]);
        const result = JSON.parse(merged(JSON.stringify(one), JSON.stringify(two, null, 2))) as object;
        expect(JSON.stringify([...Object.entries(result)])).toBe(JSON.stringify([...expected]));
      }),
    );
  });
});
