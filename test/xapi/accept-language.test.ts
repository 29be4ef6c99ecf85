import { chooseLanguage, readAcceptLanguage } from '../../src/xapi/accept-language.ts';

describe('readAcceptLanguage', () => {
  it.each([
    [undefined, []],
    ['', []],
    ['*', []],
    ['en-GB', ['en-gb']],
    ['da, en-gb;q=0.8, en;q=0.7', ['da', 'en-gb', 'en']],
    ['en;q=0.2,de;q=0.9 , fr', ['fr', 'de', 'en']],
    ['de;q=0,en', ['en']],
    ['de;q=0.000,en;q=1.000', ['en']],
    ['en,*;q=0.5', ['en']],
    ['EN ; Q=0.5, en', ['en']],
    ['en_US,12,de;q=2,fr;q=x,nl', ['nl']],
    [`${'x'.repeat(9)},a${'-b'.repeat(40)},en`, ['en']],
  ])('reads %j', (header, languages) => {
    expect(readAcceptLanguage(header)).toEqual(languages);
  });

  it('keeps the order of languages that are wanted alike', () => {
    expect(readAcceptLanguage('fr;q=0.5,de;q=0.5,en;q=0.5')).toEqual(['fr', 'de', 'en']);
  });

  it('looks at no more than 32 languages, the most wanted', () => {
    const many = Array.from({ length: 100 }, (_, index) => `aa-${index + 100};q=0.1`).join(',');
    const languages = readAcceptLanguage(`${many},en`);
    expect(languages).toHaveLength(32);
    expect(languages[0]).toBe('en');
  });
});

describe('chooseLanguage', () => {
  const choose = (tags: readonly string[], languages: readonly string[]) =>
    chooseLanguage(Object.fromEntries(tags.map((tag) => [tag, `in ${tag}`])), languages);

  it.each([
    ['the same tag', ['en-US', 'en-GB'], ['en-GB'], 'en-GB'],
    ['the same tag in another case', ['en-US', 'EN-gb'], ['en-GB'], 'EN-gb'],
    ['a shorter tag', ['de', 'en'], ['en-GB'], 'en'],
    ['a tag shorter by two', ['de', 'zh'], ['zh-Hant-TW'], 'zh'],
    ['the longest of the shorter ones', ['zh', 'zh-Hant'], ['zh-Hant-TW'], 'zh-Hant'],
    ['no tag that ends in what introduces', ['en-a', 'en'], ['en-a-bbb'], 'en'],
    ['the first more special tag', ['de', 'en-US', 'en-GB'], ['en'], 'en-US'],
    ['no tag that merely begins alike', ['de', 'enm'], ['en'], 'de'],
    ['no sibling before a language that is there', ['en-US', 'de'], ['en-GB', 'de'], 'de'],
    ['the more wanted language', ['en', 'de'], ['de-AT', 'en'], 'de'],
    ['the next language when the first is missing', ['en', 'de'], ['fr', 'de'], 'de'],
    ['the first stored when none is there', ['ja', 'en'], ['fr'], 'ja'],
    ['the first stored when none is wanted', ['ja', 'en'], [], 'ja'],
    ['und only at last', ['und', 'en'], ['fr'], 'en'],
    ['und when there is nothing else', ['und'], ['fr'], 'und'],
    ['und when it is wanted', ['en', 'und'], ['und'], 'und'],
    ['nothing from an empty map', [], ['en'], undefined],
  ])('chooses %s', (_, tags, languages, chosen) => {
    expect(choose(tags, languages)).toBe(chosen);
  });
});
