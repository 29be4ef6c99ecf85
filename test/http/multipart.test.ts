import fc from 'fast-check';
import { readMultipart } from '../../src/http/multipart.ts';
import { Rejection } from '../../src/xapi/rejection.ts';
import { type Part, writeMultipart } from '../../src/xapi/write-multipart.ts';

const TYPE = 'multipart/mixed; boundary=b';
const JSON_PART: Part = { headers: new Map([['content-type', 'application/json']]), body: Buffer.from('{}') };

const read = (body: string, contentType = TYPE): readonly (readonly [Record<string, string>, string])[] =>
  readMultipart(Buffer.from(body, 'latin1'), contentType).map((part) => [
    Object.fromEntries(part.headers),
    part.body.toString('latin1'),
  ]);

const reasonOf = (body: string | Buffer, contentType = TYPE): string => {
  try {
    readMultipart(Buffer.from(body as string, 'latin1'), contentType);
  } catch (error) {
    if (error instanceof Rejection) return `${error.reason}: ${error.message}`;
    throw error;
  }
  return 'accepted';
};

const HEAD = 'Content-Type: application/json';
const body = (boundary: string, end = '\r\n') =>
  `--${boundary}${end}${HEAD}${end}${end}{}${end}--${boundary}--${end}`;

describe('readMultipart', () => {
  it('reads headers and bytes of every part, and neither preamble nor epilogue', () => {
    const text = `preamble --b\r\n--bb\r\n--b\r\n${HEAD}\r\n\r\n[]\r\n--b \t\r\nX-A:  1 2 \r\nx-b:\r\n\r\nab\r\n\r\n--b--\r\nepilogue\r\n--b\r\n`;
    expect(read(text)).toEqual([
      [{ 'content-type': 'application/json' }, '[]'],
      [{ 'x-a': '1 2', 'x-b': '' }, 'ab\r\n'],
    ]);
  });

  it.each([
    ['a token', 'multipart/mixed; boundary=-------314159265358979323846', '-------314159265358979323846'],
    ['quoted', 'multipart/mixed; boundary="a b:c=?"', 'a b:c=?'],
    ['quoted with escapes', 'multipart/mixed; boundary="a\\"b\\\\"', 'a"b\\'],
    ['no token though not quoted', 'multipart/mixed; boundary=a/b:c=', 'a/b:c='],
    ['behind another parameter', 'Multipart/Mixed;charset="x; boundary=no";BOUNDARY=yes', 'yes'],
    ['before others', 'multipart/mixed ; boundary=yes ; charset=utf-8;', 'yes'],
    ['70 characters', `multipart/mixed; boundary=${'x'.repeat(70)}`, 'x'.repeat(70)],
  ])('takes a boundary that is %s', (_, contentType, boundary) => {
    expect(read(body(boundary), contentType)).toEqual([[{ 'content-type': 'application/json' }, '{}']]);
  });

  it.each([
    ['multipart/mixed'],
    ['multipart/mixed;'],
    ['multipart/mixed; boundary='],
    ['multipart/mixed; boundary=""'],
    ['multipart/mixed; boundary="b "'],
    [`multipart/mixed; boundary=${'b'.repeat(71)}`],
    ['multipart/form-data; boundary=b'],
    ['multipart/related; boundary=b'],
    ['application/json'],
    [''],
  ])('refuses the Content-Type %j', (contentType) => {
    expect(reasonOf(body('b'), contentType)).toMatch(/^body-invalid: /);
  });

  it('is exact to the byte between header and delimiter', () => {
    const bytes = '\r\n\n--b\n\r--b\r\n--bx\r\n--b-\r\n--b--x\r\n\r\n\0\xff\r\n';
    const text = `--b\r\n${HEAD}\r\n\r\n{}\r\n--b\r\n\r\n${bytes}\r\n--b--`;
    expect(read(text)[1]).toEqual([{}, bytes]);
  });

  it('gives a view of the body, not a copy', () => {
    const sent = Buffer.from(body('b'));
    expect(readMultipart(sent, TYPE)[0]?.body.buffer).toBe(sent.buffer);
  });

  it('reads parts without bytes, without headers, without either', () => {
    const text = `--b\r\n${HEAD}\r\n\r\n\r\n--b\r\nX: 1\r\n\r\n--b\r\n\r\nx\r\n--b\r\n\r\n--b--`;
    expect(read(text)).toEqual([
      [{ 'content-type': 'application/json' }, ''],
      [{ x: '1' }, ''],
      [{}, 'x'],
      [{}, ''],
    ]);
  });

  it('reads headers that end with a bare line feed, and a body that does so throughout', () => {
    const mixed = `--b\r\n${HEAD}\nX: 1\n\n{}\n\r\n--b--\r\n`;
    expect(read(mixed)).toEqual([[{ 'content-type': 'application/json', x: '1' }, '{}\n']]);
    expect(read(`preamble\n${body('b', '\n')}`)).toEqual([[{ 'content-type': 'application/json' }, '{}']]);
  });

  it('unfolds headers', () => {
    expect(read(`--b\r\n${HEAD};\r\n\tcharset=utf-8\r\n\r\n{}\r\n--b--`)[0]?.[0]).toEqual({
      'content-type': 'application/json; charset=utf-8',
    });
  });

  it.each([
    ['no delimiter', 'Content-Type: application/json\r\n\r\n{}'],
    ['nothing', ''],
    ['no first delimiter', `${HEAD}\r\n\r\n{}\r\n--b\r\nContent-Type: text/plain\r\n\r\nx\r\n--b--\r\n`],
    ['no closing delimiter', `--b\r\n${HEAD}\r\n\r\n{}\r\n--b\r\nX: 1\r\n\r\nx`],
    ['a closing delimiter cut short', `--b\r\n${HEAD}\r\n\r\n{}\r\n--b-`],
    ['no parts', '--b--\r\n'],
    ['a delimiter right behind another', '--b\r\n--b--\r\n'],
    ['another first part', '--b\r\nContent-Type: text/plain\r\n\r\n{}\r\n--b--\r\n'],
    ['a first part of no type', '--b\r\n\r\n{}\r\n--b--\r\n'],
    ['headers without an end', `--b\r\n${HEAD}\r\n--b--\r\n`],
    ['a line that is no header', `--b\r\n${HEAD}\r\nnonsense\r\n\r\n{}\r\n--b--\r\n`],
    ['a name with a blank', `--b\r\n${HEAD}\r\nX Y: 1\r\n\r\n{}\r\n--b--\r\n`],
    ['a control in a value', `--b\r\n${HEAD}\r\nX: a\rb\r\n\r\n{}\r\n--b--\r\n`],
    ['a header twice', `--b\r\n${HEAD}\r\n${HEAD}\r\n\r\n{}\r\n--b--\r\n`],
  ])('refuses a body with %s', (_, text) => {
    expect(reasonOf(text)).toMatch(/^body-invalid: /);
  });

  it('takes 1000 parts and 16 kB of headers, and no more', () => {
    const parts = (count: number) =>
      `--b\r\n${HEAD}\r\n\r\n{}${'\r\n--b\r\n\r\n'.repeat(count - 1)}\r\n--b--`;
    expect(read(parts(1000))).toHaveLength(1000);
    expect(reasonOf(parts(1001))).toMatch(/more than 1000 parts/);
    const headers = (length: number) => `--b\r\n${HEAD}\r\nX: ${'x'.repeat(length)}\r\n\r\n{}\r\n--b--`;
    expect(reasonOf(headers(16_000))).toBe('accepted');
    expect(reasonOf(headers(16_384))).toMatch(/bytes of headers/);
  });
});

/** Bytes that are rich in what a reader may trip over. */
const tricky = fc
  .array(
    fc.constantFrom(
      '\r\n',
      '\n',
      '\r',
      '--',
      '--b',
      '\r\n--b',
      '\r\n--b--',
      '\n--b\n',
      ' ',
      ':',
      'x',
      '\0',
      '\xff',
    ),
  )
  .map((pieces) => Buffer.from(pieces.join(''), 'latin1'));
const bytes = fc.oneof(
  tricky,
  fc.uint8Array().map((array) => Buffer.from(array)),
);
const token = fc.string({ unit: fc.constantFrom(...'abc-X9_~!'), minLength: 1 });
const value = fc
  .string({
    unit: fc
      .integer({ min: 32, max: 255 })
      .filter((code) => code < 127 || code > 159)
      .map((code) => String.fromCharCode(code)),
  })
  .map((text) => text.replace(/^ +| +$/g, ''));
const part = fc.record({
  headers: fc
    .dictionary(token, value)
    .map((all) => new Map(Object.entries(all).map(([key, text]) => [key.toLowerCase(), text]))),
  body: bytes,
});

describe('writeMultipart', () => {
  it('writes what readMultipart reads, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.array(part), (others) => {
        const parts: Part[] = [JSON_PART, ...others];
        const { contentType, body: written } = writeMultipart(parts);
        expect(readMultipart(written, contentType)).toEqual(parts);
      }),
    );
  });

  it('chooses a boundary that needs no quotes', () => {
    expect(writeMultipart([JSON_PART]).contentType).toMatch(/^multipart\/mixed; boundary=[0-9a-z]{1,70}$/);
  });

  it.each([
    ['a line break', 'X', 'a\r\nX-Other: b'],
    ['a character that Latin-1 would cut to a line feed', 'X', 'a\u010ab'],
    ['a name that is no token', 'X: 1\r\nY', 'b'],
  ])('refuses a header with %s', (_, name, text) => {
    expect(() => writeMultipart([{ headers: new Map([[name, text]]), body: Buffer.alloc(0) }])).toThrow(
      TypeError,
    );
  });
});

describe('any damage', () => {
  it('is refused with a Rejection or read as something else, never a fault', () => {
    const change = fc.record({ at: fc.nat(), by: fc.integer({ min: 1, max: 255 }) });
    fc.assert(
      fc.property(fc.array(part), fc.array(change, { minLength: 1, maxLength: 4 }), (others, changes) => {
        const { contentType, body: written } = writeMultipart([JSON_PART, ...others]);
        for (const { at, by } of changes) {
          const index = at % written.length;
          written[index] = (written[index] as number) ^ by;
        }
        expect(reasonOf(written, contentType)).toMatch(/^accepted$|^body-invalid: /);
      }),
    );
  });

  it('nor is any text at all', () => {
    fc.assert(
      fc.property(tricky, fc.string(), (sent, type) => {
        expect(reasonOf(sent)).toMatch(/^accepted$|^body-invalid: /);
        expect(reasonOf(sent, `multipart/mixed${type}`)).toMatch(/^accepted$|^body-invalid: /);
      }),
    );
  });
});
