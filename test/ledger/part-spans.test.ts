import fc from 'fast-check';
import { NO_PARTS, PARTS, partSpans } from '../../src/ledger/part-spans.ts';

const names = fc.constantFrom('actor', 'result', 'context', 'object', 'id', 'a"b', '\\', 'actor ');

describe('the parts of a text', () => {
  it('are the values of the top-level members of that name', () => {
    fc.assert(
      fc.property(fc.dictionary(names, fc.jsonValue()), (object) => {
        const text = JSON.stringify(object);
        const spans = partSpans(text);
        const found = PARTS.filter((part) => spans[part][0] >= 0).map((part) => [
          part,
          text.slice(...spans[part]),
        ]);
        const expected = PARTS.filter((part) => Object.hasOwn(object, part)).map((part) => [
          part,
          JSON.stringify(object[part]),
        ]);
        expect(found).toEqual(expected);
      }),
    );
  });

  it('are not those of members further down or with escapes that mean another name', () => {
    expect(partSpans('{"object":{"actor":{},"result":[{"context":1}]},"\\u0041ctor":1}')).toEqual(NO_PARTS);
  });

  it('are known by what the key means', () => {
    expect(partSpans('{"\\u0061ctor":{"a":"}"},"result":1}')).toEqual({
      ...NO_PARTS,
      actor: [14, 23],
      result: [33, 34],
    });
  });

  it.each(['', '[]', '1', '{"actor":{}', '{"a":1} ', ' {"a":1}', '{"a": 1}', '{"a":1}{}', '[{"actor":1}]'])(
    'are not looked for in %p',
    (text) => {
      expect(() => partSpans(text)).toThrow(SyntaxError);
    },
  );
});
