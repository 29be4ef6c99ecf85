import { type DemoFiles, linesOf, rowsOf } from './demo-folder.ts';

export const DAY = 86_400_000;
export const END = Date.UTC(2026, 10, 1);
export const SOURCES = ['lms', 'phone', 'vr', 'quiz', 'forum'];

type Activity = { readonly id: string };
type Agent = {
  readonly mbox?: string;
  readonly account?: { readonly homePage: string; readonly name: string };
};
type Statement = {
  readonly id: string;
  readonly actor: Agent;
  readonly verb: { readonly display: { readonly en: string } };
  readonly object: Activity;
  readonly result?: { readonly success?: boolean; readonly score?: { readonly scaled: number } };
  readonly context?: {
    readonly platform: string;
    readonly registration?: string;
    readonly contextActivities?: { readonly grouping?: readonly Activity[] };
    readonly extensions?: Readonly<Record<string, unknown>>;
  };
  readonly timestamp: string;
  readonly stored: string;
};

/** What counts: said once, not voided, about a person, by clocks that are right. */
export type Told = {
  readonly person: string;
  readonly at: number;
  readonly verb: string;
  readonly object: string;
  readonly course: string | undefined;
  readonly registration: string | undefined;
  readonly platform: string | undefined;
  readonly success: boolean | undefined;
  readonly scaled: number | undefined;
  readonly extensions: Readonly<Record<string, unknown>>;
};

const agentKey = ({ mbox, account }: Agent): string => mbox ?? `${account?.homePage} ${account?.name}`;

/** The employee behind each identifier, by merges.json. */
const personsOf = (files: DemoFiles): Map<string, string> => {
  const persons = new Map<string, string>();
  for (const { identifiers } of JSON.parse(files['merges.json'] as string) as { identifiers: Agent[] }[]) {
    const known = identifiers.find(({ account }) => account?.homePage === 'https://hr.example');
    for (const identifier of identifiers) persons.set(agentKey(identifier), known?.account?.name as string);
  }
  return persons;
};

const MOST_AHEAD = 300_000;

/** Every effective statement, in the order of what happened. */
export const readTold = (files: DemoFiles): Told[] => {
  const persons = personsOf(files);
  const statements = new Map<string, Statement>();
  for (const line of SOURCES.flatMap((source) => linesOf(files, `${source}.ndjson`))) {
    const statement = JSON.parse(line) as Statement;
    statements.set(statement.id, statement);
  }
  const all = [...statements.values()];
  const isVoid = ({ verb }: Statement): boolean => verb.display.en === 'voided';
  const voided = new Set(all.filter(isVoid).map(({ object }) => object.id));
  return all
    .filter((statement) => !isVoid(statement) && !voided.has(statement.id))
    .map(({ actor, verb, object, result, context, timestamp, stored }) => {
      const [at, arrived] = [Date.parse(timestamp), Date.parse(stored)];
      return {
        person: persons.get(agentKey(actor)) as string,
        at: at > arrived + MOST_AHEAD ? arrived : at,
        verb: verb.display.en,
        object: object.id,
        course: context?.contextActivities?.grouping?.[0]?.id,
        registration: context?.registration,
        platform: context?.platform,
        success: result?.success,
        scaled: result?.score?.scaled,
        extensions: context?.extensions ?? {},
      };
    })
    .sort((a, b) => a.at - b.at);
};

/** The department of somebody at a time, by the roster. */
export const departmentsOf = (files: DemoFiles): ((person: string, at: number) => string) => {
  const rows = rowsOf(files, 'roster.csv');
  return (person, at) =>
    rows
      .filter(
        ({ employee_id, effective_from }) => employee_id === person && Date.parse(effective_from ?? '') <= at,
      )
      .at(-1)?.['department'] as string;
};

export const groupBy = <T>(all: readonly T[], key: (one: T) => string): Map<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const group = groups.get(key(one));
    if (group === undefined) groups.set(key(one), [one]);
    else group.push(one);
  }
  return groups;
};
