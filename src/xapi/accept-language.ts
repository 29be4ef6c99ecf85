import type { LanguageMap } from './statement.ts';

/** More wishes than this are not looked at, so that a header cannot make an answer slow. */
const MAX_LANGUAGES = 32;

/** The longest language range that is looked at; RFC 5646 4.4.1 expects tags of up to 35. */
const MAX_LENGTH = 64;

const RANGE = /^[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*$/;
const WEIGHT = /^(?:0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)$/;

type Wish = { readonly language: string; readonly weight: number };

const readWish = (item: string): readonly Wish[] => {
  const [range = '', ...parameters] = item.split(';').map((part) => part.trim());
  const weights = parameters.flatMap((part) =>
    /^q\s*=/i.test(part) ? [part.slice(part.indexOf('=') + 1).trim()] : [],
  );
  const weight = weights[0] ?? '1';
  if (range.length > MAX_LENGTH || !RANGE.test(range)) return [];
  if (!WEIGHT.test(weight) || Number(weight) === 0) return [];
  return [{ language: range.toLowerCase(), weight: Number(weight) }];
};

/**
 * The languages that an Accept-Language header (RFC 9110 12.5.4) asks for, lower case, the most wanted first.
 * `*` asks for none in particular, and what is refused (`q=0`) or malformed is left out.
 */
export const readAcceptLanguage = (header: string | undefined): readonly string[] => {
  if (header === undefined) return [];
  const wishes = header.split(',').flatMap(readWish);
  const languages = wishes.sort((a, b) => b.weight - a.weight).map(({ language }) => language);
  return [...new Set(languages)].slice(0, MAX_LANGUAGES);
};

/** `zh-hant-cn`, `zh-hant`, `zh`; a single letter goes together with what it introduces (RFC 4647 3.4). */
const lookups = (range: string): readonly string[] => {
  const found: string[] = [];
  const subtags = range.split('-');
  while (subtags.length > 0) {
    found.push(subtags.join('-'));
    subtags.pop();
    if (subtags.at(-1)?.length === 1) subtags.pop();
  }
  return found;
};

/**
 * Which of the tags serves the languages best (FM-3): for each language in turn the same tag, a shorter one by
 * RFC 4647 lookup, or the first that is more special (`en` finds `en-GB`); when none serves, the first tag that
 * is not `und`, then `und`. Letter case does not count. Undefined when there are no tags.
 */
export const chooseTag = (tags: readonly string[], languages: readonly string[]): string | undefined => {
  const lower = tags.map((tag) => tag.toLowerCase());
  for (const language of languages) {
    const range = language.toLowerCase();
    const exact = lookups(range).find((tag) => lower.includes(tag));
    const index =
      exact === undefined ? lower.findIndex((tag) => tag.startsWith(`${range}-`)) : lower.indexOf(exact);
    if (index !== -1) return tags[index];
  }
  return tags[
    Math.max(
      0,
      lower.findIndex((tag) => tag !== 'und'),
    )
  ];
};

/** The key of the map's entry that {@link chooseTag} chooses; undefined when the map is empty. */
export const chooseLanguage = (map: LanguageMap, languages: readonly string[]): string | undefined =>
  chooseTag(Object.keys(map), languages);
