import fc from 'fast-check';
import { elements, members } from '../../src/xapi/json-members.ts';

/** Objects as JSON.parse gives them: own properties only, `__proto__` included. */
const jsonObject = fc
  .json({ maxDepth: 4 })
  .map((text) => JSON.parse(text) as unknown)
  .filter((value): value is Record<string, unknown> => typeof value === 'object' && value !== null);

const layouts = fc.constantFrom<string | undefined>(undefined, ' ', '\t\r');

describe('members', () => {
  it('finds every member of any object at its place, whatever the white space', () => {
    fc.assert(
      fc.property(jsonObject, layouts, fc.nat(5), (value, space, shift) => {
        const object = Array.isArray(value) ? { value } : value;
        const text = `${'['.repeat(shift)}${JSON.stringify(object, null, space)},"after"`;
        const found = members(text, shift);
        expect(found.map(({ key }) => key)).toEqual(Object.keys(object));
        for (const { key, keyStart, start, end } of found) {
          expect(JSON.parse(text.slice(start, end))).toEqual(object[key]);
          expect(text.slice(keyStart).startsWith(JSON.stringify(key))).toBe(true);
        }
      }),
    );
  });

  it('gives a key as it reads, however it is written', () => {
    const text = '{"\\u0076erb":1,"a\\"b\\\\":"\\\\","":{}}';
    expect(members(text, 0).map(({ key, start, end }) => [key, text.slice(start, end)])).toEqual([
      ['verb', '1'],
      ['a"b\\', '"\\\\"'],
      ['', '{}'],
    ]);
  });

  it('keeps the text of numbers', () => {
    const text = '{"a":0.10,"b":1e400,"c":12345678901234567890 , "d":-0}';
    const values = members(text, 0).map(({ start, end }) => text.slice(start, end));
    expect(values).toEqual(['0.10', '1e400', '12345678901234567890', '-0']);
  });

  it('finds nothing where no object begins', () => {
    for (const text of ['{}', '{ }', '[1]', '"{"', '1', '']) expect(members(text, 0)).toEqual([]);
  });

  it('passes over a value that nests a hundred thousand deep', () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    const text = `{"deep":${deep},"after":true}`;
    expect(members(text, 0).map(({ key, start, end }) => [key, end - start])).toEqual([
      ['deep', 200_000],
      ['after', 4],
    ]);
  });

  it('comes to an end on text that is no JSON', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'{}[]",: 1') }), (text) => {
        expect(members(`{${text}`, 0).length).toBeLessThanOrEqual(text.length);
        expect(elements(`[${text}`, 0).length).toBeLessThanOrEqual(text.length + 1);
      }),
    );
  });
});

describe('elements', () => {
  it('finds every element of any array at its place', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), layouts, (value, space) => {
        const text = JSON.stringify(value, null, space);
        const found = elements(text, 0).map(
          ({ start, end }) => JSON.parse(text.slice(start, end)) as unknown,
        );
        expect(found).toEqual(JSON.parse(text));
      }),
    );
  });

  it('finds nothing where no array begins', () => {
    for (const text of ['[]', '[ ]', '{"a":1}', '']) expect(elements(text, 0)).toEqual([]);
  });
});
