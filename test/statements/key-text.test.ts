import fc from 'fast-check';
import { keyText, textOfKey } from '../../src/statements/key-text.ts';

const strings = fc.string({
  unit: fc.oneof(
    fc.constantFrom('\\', '"', '\u0000', '\ud800', '\udc00', '\u007f', 'u', '0', 'a', '☃', '\u{1f600}'),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  ),
});

describe('texts of keys', () => {
  it('are plain text as it is', () => {
    for (const text of ['', 'ada', 'https://example.org/?a=b#c', 'Ünïcode ☃ \u{1f600}', "it's", '/', '%00']) {
      expect(keyText(text)).toBe(text);
    }
  });

  it('survive UTF-8 and columns that end at NUL, and give the string back', () => {
    fc.assert(
      fc.property(strings, (text) => {
        const key = keyText(text);
        expect(Buffer.from(key).toString()).toBe(key);
        expect(key).not.toContain('\u0000');
        expect(textOfKey(key)).toBe(text);
      }),
    );
  });
});
