import { isLanguageTag } from '../../src/xapi/language-tag.ts';

describe('isLanguageTag (RFC 5646)', () => {
  it.each([
    ...['en', 'EN', 'en-US', 'und', 'cmn', 'tlh', 'zh-Hant', 'sr-Latn-RS', 'es-419', 'de-1996', 'mn-Cyrl-MN'],
    ...[
      'x-private',
      'X-a-b-12345678',
      'en-x-a',
      'en-US-u-ca-gregory',
      'en-u-ca-gregory-x-y',
      'de-a-value-b-other',
    ],
    ...[
      'zh-cmn-Hans-CN',
      'zh-min-nan',
      'zh-aaa-bbb-ccc',
      'sl-rozaj-biske-1994',
      'de-CH-1901',
      'hy-Latn-IT-arevela',
    ],
    ...[
      'abcd',
      'abcdefgh',
      'abcd-Latn',
      'en-Latn-419-1abc-x-1',
      'i-klingon',
      'i-KLINGON',
      'sgn-BE-FR',
      'en-GB-oed',
    ],
    ...['cel-gaulish', 'no-bok', 'zh-xiang', 'art-lojban'],
  ])('accepts %s', (tag) => expect(isLanguageTag(tag)).toBe(true));

  it.each([
    ...[
      '',
      '-',
      'e',
      'x',
      'x-',
      'i',
      'i-unknown',
      '12',
      'a12345',
      'a12345678',
      'abcdefghi',
      'en_US',
      'en US',
      'en-',
    ],
    ...[
      '-en',
      'en--US',
      'en-US-',
      'en-U',
      'en-u',
      'en-u-',
      'en-u-a',
      'en-u-x-y',
      'en-x',
      'en-x-',
      'en-abcdefghi',
    ],
    ...[
      'en-US-Latn',
      'en-Latn-Latn',
      'en-US-GB',
      'en-1996-US',
      'abcd-efg',
      'zh-aaa-bbb-ccc-ddd',
      'en-Latn-abc',
    ],
    ...[
      'en-12',
      'en-1234567890',
      'en-a1',
      'en-ab1',
      'é',
      'en-é',
      'e1',
      'x-123456789',
      'x-é',
      'en\n',
      'en-US\u0000',
    ],
    ...['EN@', 'e[', '[[', 'en-[[', 'en-a-b-cc', 'en-a-bb-c'],
  ])('refuses %j', (tag) => expect(isLanguageTag(tag)).toBe(false));

  it('reads very long text to its end', () => {
    const long = `en-x${'-abcdefgh'.repeat(100_000)}`;
    expect(isLanguageTag(long)).toBe(true);
    expect(isLanguageTag(`${long}-`)).toBe(false);
    expect(isLanguageTag(`en-a${'-abcdefgh'.repeat(100_000)}`)).toBe(true);
    expect(isLanguageTag('a'.repeat(1_000_000))).toBe(false);
  });
});
