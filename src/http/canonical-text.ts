import type { StatementStore } from '../statements/statement-store.ts';
import { termsOf } from '../statements/terms.ts';
import { readAcceptLanguage } from '../xapi/accept-language.ts';
import { formatCanonical } from '../xapi/format-statement.ts';
import type { Statement } from '../xapi/statement.ts';

/** In characters, of the definitions that are put into one statement; beyond it activities stay as they were sent. */
const MOST_DEFINED = 16 * 1024 * 1024;

/** A statement's text, and how many characters it took: itself and the definitions that were read for it. */
export type Written = { readonly text: string; readonly length: number };

/** Writes the statements of one answer in `format=canonical`; what an activity is known as is read once for all. */
export const canonicalTexts = (
  statements: StatementStore,
  language: string | undefined,
): ((text: string) => Promise<Written>) => {
  const languages = readAcceptLanguage(language);
  const known = new Map<string, string>();

  const readDefinition = async (id: string): Promise<number> => {
    const definition = await statements.definition(id);
    if (definition === undefined) return 0;
    const json = JSON.stringify(definition);
    known.set(id, json);
    return json.length;
  };
  const readDefinitions = async (text: string): Promise<number> => {
    let length = 0;
    for (const id of activitiesIn(JSON.parse(text) as Statement)) {
      if (!known.has(id)) length += await readDefinition(id);
      if (length > MOST_DEFINED) break;
    }
    return length;
  };

  return async (text) => {
    const read = await readDefinitions(text);
    let defined = 0;
    const written = formatCanonical(text, languages, (id) => {
      const definition = known.get(id);
      defined += definition?.length ?? 0;
      return defined > MOST_DEFINED ? undefined : definition;
    });
    return { text: written, length: written.length + read };
  };
};

const activitiesIn = (statement: Statement): ReadonlySet<string> => {
  const { own, related } = termsOf(statement);
  return new Set([...own, ...related].filter((term) => term.startsWith('a')).map((term) => term.slice(1)));
};

/** A statement's text in canonical form for who is told of activities only what the statement itself says. */
export const canonicalAsSent = (text: string, language: string | undefined): Written => {
  const written = formatCanonical(text, readAcceptLanguage(language), () => undefined);
  return { text: written, length: written.length };
};
