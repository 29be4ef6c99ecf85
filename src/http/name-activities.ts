import type { Answer, DimensionValue } from '../metrics/views.ts';
import type { StatementStore } from '../statements/statement-store.ts';
import { chooseLanguage } from '../xapi/accept-language.ts';

export type Definitions = Pick<StatementStore, 'definition'>;

/** Answers the name of an activity in the language that is wanted most; undefined if it has none. */
export const activityNames = (
  statements: Definitions,
  languages: readonly string[],
): ((id: string) => Promise<string | undefined>) => {
  const known = new Map<string, Promise<string | undefined>>();
  const look = async (id: string): Promise<string | undefined> => {
    const { name } = (await statements.definition(id)) ?? {};
    const language = name === undefined ? undefined : chooseLanguage(name, languages);
    return language === undefined ? undefined : name?.[language];
  };
  return (id) => {
    const found = known.get(id) ?? look(id);
    known.set(id, found);
    return found;
  };
};

/** The same answer, with a name at each activity that its rows are about, where one is known. */
export const nameActivities = async <Told extends Pick<Answer, 'columns' | 'rows'>>(
  answer: Told,
  statements: Definitions,
  languages: readonly string[],
): Promise<Told> => {
  const nameOf = activityNames(statements, languages);
  const width = answer.columns.filter(({ type }) => type === 'dimension' || type === 'time').length;
  const namedIn = (row: Answer['rows'][number]) =>
    Promise.all(row.slice(0, width).map((value) => withName(value as DimensionValue, nameOf)));
  const named = width === 0 ? [] : await Promise.all(answer.rows.map(namedIn));
  return { ...answer, rows: answer.rows.map((row, at) => [...(named[at] ?? []), ...row.slice(width)]) };
};

/** A value of a dimension; what is an IRI names an activity, and persons have no IRIs. */
export const withName = async (
  value: DimensionValue,
  nameOf: ReturnType<typeof activityNames>,
): Promise<DimensionValue> => {
  if (typeof value !== 'object' || value === null || value.name !== undefined) return value;
  const name = value.id.includes(':') ? await nameOf(value.id) : undefined;
  return name === undefined ? value : { ...value, name };
};
