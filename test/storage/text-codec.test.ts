import { createHash, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { dictionary1 } from '../../src/storage/dictionary-1.ts';
import { textCodec } from '../../src/storage/text-codec.ts';

const codec = textCodec(dictionary1);

const STATEMENT = Buffer.from(
  '{"id":"c69649e4-c6f8-4e45-8e46-4bc401a88745","actor":{"objectType":"Agent","name":"Zoë Ivanova","account":' +
    '{"homePage":"https://campus.example.net","name":"4711"}},"verb":{"id":"http://adlnet.gov/expapi/verbs/passed",' +
    '"display":{"en-US":"passed"}},"object":{"objectType":"Activity","id":"https://campus.example.net/c/1"},"result":' +
    '{"score":{"scaled":0.9,"raw":9,"min":0,"max":10},"success":true,"duration":"PT12M"},"context":{"registration":' +
    '"04255555-a4f2-47de-8548-102b0a3ae473"},"timestamp":"2026-03-01T10:00:00.000Z"}',
);

const comesBack = (text: Buffer): void => {
  const bytes = codec.compress(text);
  expect(bytes.length).toBeLessThanOrEqual(text.length + 1);
  expect(codec.decompress(bytes).equals(text)).toBe(true);
};

/** Bytes that repeat themselves and the dictionary, with UUIDs whole and broken. */
const likeJson = fc
  .array(
    fc.oneof(
      fc.uuid().map((uuid) => Buffer.from(uuid)),
      fc.uuid().map((uuid) => Buffer.from(uuid.slice(0, 35))),
      fc.uuid().map((uuid) => Buffer.from(uuid.toUpperCase())),
      fc.nat(dictionary1.length).chain((from) => fc.nat(90).map((n) => dictionary1.subarray(from, from + n))),
      fc.tuple(fc.nat(255), fc.nat(700)).map(([byte, n]) => Buffer.alloc(n, byte)),
      fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
      fc.constant(STATEMENT),
    ),
    { maxLength: 20 },
  )
  .map((pieces) => Buffer.concat(pieces));

const opened = (bytes: Buffer): Buffer | undefined => {
  try {
    return codec.decompress(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(RangeError);
    return undefined;
  }
};

describe('the text codec', () => {
  it('gives back any bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => comesBack(Buffer.from(bytes))));
  });

  it('gives back texts made of repetitions, dictionary and UUIDs', () => {
    fc.assert(fc.property(likeJson, comesBack), { numRuns: 300 });
  });

  it.each([
    ['nothing but one byte', (n: number) => Buffer.alloc(n, 0x61)],
    ['noise', (n: number) => randomBytes(n)],
    ['the beginning of a statement', (n: number) => STATEMENT.subarray(0, n)],
    ['the end of the dictionary', (n: number) => dictionary1.subarray(dictionary1.length - n)],
  ])('gives back every length from 0 to 300 of %s', (_, make) => {
    for (let n = 0; n <= 300; n += 1) comesBack(make(n));
  });

  it.each([65_535, 65_536, 65_537, 200_000, 5_000_000])('gives back %d bytes of many kinds', (length) => {
    comesBack(Buffer.alloc(length, 0x2d));
    comesBack(randomBytes(length));
    comesBack(Buffer.alloc(length, STATEMENT));
    const mixed = Buffer.alloc(length, STATEMENT);
    for (let at = 0; at < length; at += 1 + ((at * 7919) % 997)) mixed[at] = at & 255;
    comesBack(mixed);
  });

  it('makes a statement small, and a repetition tiny', () => {
    expect(codec.compress(STATEMENT).length).toBeLessThan(STATEMENT.length * 0.4);
    expect(codec.compress(Buffer.alloc(5_000_000, 0x61)).length).toBeLessThan(25_000);
  });

  it('stores what cannot be compressed as it is, under 0', () => {
    const noise = randomBytes(5000);
    expect(codec.compress(noise)).toEqual(Buffer.concat([Buffer.of(0), noise]));
    expect(codec.compress(Buffer.alloc(0))).toEqual(Buffer.of(0));
  });

  it('keeps a UUID as sixteen bytes', () => {
    const one = codec.compress(STATEMENT);
    const other = STATEMENT.toString().replace('c69649e4', 'd69649e4');
    expect(one.includes(Buffer.from('c69649e4c6f84e458e464bc401a88745', 'hex'))).toBe(true);
    expect(codec.compress(Buffer.from(other))).toHaveLength(one.length);
  });

  it('makes the same of a text whatever came before, and hands out bytes of their own', () => {
    const first = codec.compress(STATEMENT);
    const text = codec.decompress(first);
    const copies = [Buffer.from(first), Buffer.from(text)];
    for (let n = 0; n < 50; n += 1)
      codec.decompress(codec.compress(Buffer.alloc(n * 100, `${n},"verb":{"id"`)));
    expect(codec.compress(STATEMENT)).toEqual(first);
    expect([first, text]).toEqual(copies);
    expect(textCodec(dictionary1).compress(STATEMENT)).toEqual(first);
  });

  it('does not change when the given dictionary, text or bytes change later', () => {
    const dictionary = Buffer.from(dictionary1);
    const own = textCodec(dictionary);
    const text = Buffer.from(STATEMENT);
    const bytes = own.compress(text);
    dictionary.fill(0);
    text.fill(0);
    const noise = randomBytes(100);
    const raw = own.compress(noise);
    const back = own.decompress(raw);
    raw.fill(0);
    expect(own.decompress(bytes)).toEqual(STATEMENT);
    expect(back).toEqual(noise);
  });

  it('says with which dictionary it was compressed and takes no other', () => {
    const [two, small] = [textCodec(dictionary1, 2), textCodec(Buffer.alloc(0), 3)];
    expect([codec, two, small].map((each) => each.compress(STATEMENT)[0])).toEqual([1, 2, 3]);
    expect(() => codec.decompress(two.compress(STATEMENT))).toThrow(RangeError);
    expect(small.decompress(small.compress(STATEMENT))).toEqual(STATEMENT);
    expect(() => textCodec(dictionary1, 0)).toThrow(RangeError);
    expect(() => textCodec(dictionary1, 256)).toThrow(RangeError);
    expect(() => textCodec(Buffer.alloc(32_768))).toThrow(RangeError);
  });

  it('throws a RangeError or gives some text for bytes that were changed, never anything else', () => {
    const change = fc.tuple(fc.nat(), fc.nat(255));
    fc.assert(
      fc.property(likeJson, fc.array(change, { minLength: 1, maxLength: 5 }), (text, changes) => {
        const bytes = codec.compress(text);
        for (const [at, by] of changes) bytes[at % bytes.length] = by;
        const read = opened(bytes);
        expect(read === undefined || Buffer.isBuffer(read)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('throws a RangeError or gives some text for bytes that it never made', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const read = opened(Buffer.from([1, ...bytes]));
        expect(read === undefined || read.length <= 255 * (bytes.length + 1)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('refuses every beginning of what it made, and anything after its end', () => {
    const bytes = codec.compress(STATEMENT);
    for (let n = 0; n < bytes.length; n += 1)
      expect(() => codec.decompress(bytes.subarray(0, n))).toThrow(RangeError);
    expect(() => codec.decompress(Buffer.concat([bytes, Buffer.of(0)]))).toThrow(RangeError);
  });

  it.each([
    ['nothing', []],
    ['another dictionary', [2, 1, 0x10, 0x61]],
    ['no length', [1]],
    ['a length without an end', [1, 255, 255, 255, 255, 255, 255]],
    ['a length that so few bytes cannot make', [1, 0x80, 0x80, 0x80, 0x08, 0x10, 0x61]],
    ['more literals than the text has', [1, 1, 0x20, 0x61, 0x62]],
    ['fewer literals than announced', [1, 9, 0x90, 0x61]],
    ['a count of literals without an end', [1, 90, 0xf0, 255, 255]],
    ['a distance cut short', [1, 9, 0x00, 4]],
    ['distance 0', [1, 4, 0x00, 0, 0]],
    ['a distance beyond the dictionary', [1, 4, 0x00, 0xff, 0xff]],
    ['a match longer than the text', [1, 4, 0x01, 8, 0]],
    ['a length of a match without an end', [1, 200, 0x0e, 8, 0, 255]],
    ['a UUID cut short', [1, 36, 0x0f, 1, 2, 3]],
    ['a UUID longer than the text', [1, 35, 0x0f, ...Array(16).fill(0)]],
  ])('refuses %s', (_, bytes) => {
    expect(() => codec.decompress(Buffer.from(bytes))).toThrow(RangeError);
  });
});

describe('dictionary 1', () => {
  it('is the one that texts were stored with', () => {
    expect(dictionary1.length).toBeLessThanOrEqual(32_000);
    expect(createHash('sha256').update(dictionary1).digest('hex')).toBe(
      '6dbb8443c6f05f6a88b32fe23b0bda003f9d9b46b97fb4d400298c3b4003a2d8',
    );
  });

  it('holds no UUID and nothing but ASCII', () => {
    expect(dictionary1.toString('latin1')).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
    expect(dictionary1.every((byte) => byte >= 0x20 && byte < 0x7f)).toBe(true);
  });
});
