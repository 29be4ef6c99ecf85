import { isDeepStrictEqual } from 'node:util';
import type { StatementQuery } from '../../src/statements/statement-query.ts';
import type { Actor, Identifier, Statement } from '../../src/xapi/statement.ts';

/**
 * The rules of querying (F-1 to F-7), voiding (V-1 to V-5) and describing (AC-2, AG-2) once more, written down from
 * the standard as plainly as it goes: every question looks at every statement.
 */
export type NaiveStatements = {
  readonly all: readonly Naive[];
  add(one: Naive): void;
  find(id: string): Naive | undefined;
  isVoided(one: Naive): boolean;
  matching(query: Omit<StatementQuery, 'limit' | 'behind'>): readonly Naive[];
  definition(activity: string): object | undefined;
  names(agent: Identifier): readonly string[];
};

export type Naive = {
  readonly id: string;
  readonly statement: Statement;
  /** The name of the credential. */
  readonly by: string;
  readonly mayDefine: boolean;
  readonly voidsOnlyOwn: boolean;
  /** Microseconds since 1970, as the store assigned them. */
  readonly stored: number;
};

type Part = Readonly<Record<string, unknown>>;

const identityOf = ({ mbox, mbox_sha1sum, openid, account }: Identifier): string =>
  JSON.stringify([mbox, mbox_sha1sum?.toLowerCase(), openid, account?.homePage, account?.name]);

const isActor = (value: unknown): value is Actor => {
  if (typeof value !== 'object' || value === null) return false;
  const { objectType, mbox, mbox_sha1sum, openid, account } = value as Part;
  return (
    objectType === 'Agent' || objectType === 'Group' || Boolean(mbox ?? mbox_sha1sum ?? openid ?? account)
  );
};

/** The actor itself, and its members. */
const withMembers = (actor: unknown): readonly Identifier[] =>
  isActor(actor) ? [actor, ...(('member' in actor ? actor.member : undefined) ?? [])] : [];

const activityOf = (value: unknown): readonly Part[] => {
  const { objectType = 'Activity' } = value as Part;
  return objectType === 'Activity' && !isActor(value) ? [value as Part] : [];
};

const contextActors = ({ instructor, team, contextAgents = [], contextGroups = [] }: Part): unknown[] => [
  instructor,
  team,
  ...(contextAgents as Part[]).map(({ agent }) => agent),
  ...(contextGroups as Part[]).map(({ group }) => group),
];

const contextActivities = ({ contextActivities: lists = {} }: Part): readonly Part[] =>
  Object.values(lists as Readonly<Record<string, Part | Part[]>>).flat();

/** Everyone and everything anywhere in a statement or SubStatement, in the order of the model. */
const everyone = ({ actor, object, context = {} }: Part): readonly Identifier[] => {
  const inner = (object as Part)['objectType'] === 'SubStatement' ? everyone(object as Part) : [];
  return [
    ...withMembers(actor),
    ...withMembers(object),
    ...inner,
    ...contextActors(context as Part).flatMap(withMembers),
  ];
};

const everything = ({ object, context = {} }: Part): readonly Part[] => {
  const inner =
    (object as Part)['objectType'] === 'SubStatement' ? everything(object as Part) : activityOf(object);
  return [...inner, ...contextActivities(context as Part)];
};

const isVoiding = ({ verb, object }: Statement): boolean =>
  verb.id === 'http://adlnet.gov/expapi/verbs/voided' && object.objectType === 'StatementRef';

const targetOf = ({ object }: Statement): string | undefined =>
  object.objectType === 'StatementRef' ? object.id.toLowerCase() : undefined;

type Condition = (one: Naive) => boolean;

const authorityOf = ({ by, statement }: Naive, home: string): Actor =>
  statement.authority ?? { account: { homePage: home, name: by } };

const conditionsOf = (query: Omit<StatementQuery, 'limit'>, home: string): readonly Condition[] => {
  const { agent, verb, activity, registration, relatedAgents, relatedActivities } = query;
  const conditions: Condition[] = [];
  if (agent !== undefined) {
    const wanted = identityOf(agent);
    conditions.push((one) => {
      const { actor, object } = one.statement;
      const related = [...everyone(one.statement), ...withMembers(authorityOf(one, home))];
      const own = [...withMembers(actor), ...withMembers(object)];
      return (relatedAgents ? related : own).some((each) => identityOf(each) === wanted);
    });
  }
  if (verb !== undefined) conditions.push(({ statement }) => statement.verb.id === verb);
  if (activity !== undefined) {
    conditions.push(({ statement }) => {
      const activities = relatedActivities ? everything(statement) : activityOf(statement.object);
      return activities.some(({ id }) => id === activity);
    });
  }
  if (registration !== undefined) {
    const wanted = registration.toLowerCase();
    conditions.push(({ statement }) => statement.context?.registration?.toLowerCase() === wanted);
  }
  return conditions;
};

const MERGED = ['name', 'description', 'extensions'];

/** AC-2, in the order of storing. */
const defined = (all: readonly Naive[], activity: string): object | undefined => {
  const said = all
    .filter(({ mayDefine }) => mayDefine)
    .flatMap(({ statement, by }) => everything(statement).map((part) => ({ by, ...part }) as Part))
    .filter(({ id, definition }) => id === activity && definition !== undefined);
  if (said.length === 0) return undefined;
  const known: Record<string, unknown> = {};
  const first = said[0]?.['by'];
  const parts = said.flatMap(({ by, definition }) =>
    Object.entries(definition as Part).map(([key, value]) => ({ mayReplace: first === by, key, value })),
  );
  for (const { mayReplace, key, value } of parts) {
    if (MERGED.includes(key)) known[key] = { ...(known[key] as Part), ...(value as Part) };
    else if (known[key] === undefined || mayReplace) known[key] = value;
  }
  return known;
};

export const naiveStatements = (home: string): NaiveStatements => {
  const all: Naive[] = [];
  const find = (id: string) => all.find((one) => one.id === id.toLowerCase());

  /** F-5: the statement itself, or what it refers to, and so on; no statement twice. */
  const holds = (condition: Condition, one: Naive, seen: ReadonlySet<Naive> = new Set()): boolean => {
    if (seen.has(one)) return false;
    if (condition(one)) return true;
    const target = find(targetOf(one.statement) ?? '');
    return target !== undefined && holds(condition, target, new Set([...seen, one]));
  };

  /** V-1, and V-4. */
  const isVoided = (one: Naive): boolean =>
    !isVoiding(one.statement) &&
    all.some(
      (other) =>
        isVoiding(other.statement) &&
        targetOf(other.statement) === one.id &&
        (!other.voidsOnlyOwn || isDeepStrictEqual(authorityOf(other, home), authorityOf(one, home))),
    );

  return {
    all,
    find,
    isVoided,
    add: (one) => all.push(one),
    matching: (query) => {
      const { since = 0, until = Number.POSITIVE_INFINITY, authority, ascending } = query;
      const conditions = conditionsOf(query, home);
      const isMine = (one: Naive) =>
        authority === undefined ||
        withMembers(authorityOf(one, home)).some((each) => identityOf(each) === identityOf(authority));
      const found = all.filter(
        (one) =>
          one.stored > since &&
          one.stored <= until &&
          isMine(one) &&
          !isVoided(one) &&
          conditions.every((condition) => holds(condition, one)),
      );
      return ascending ? found : found.reverse();
    },
    definition: (activity) => defined(all, activity),
    names: (agent) => {
      const wanted = identityOf(agent);
      const called = all.flatMap(({ statement }) => everyone(statement)) as readonly (Identifier & Part)[];
      const named = called.filter((each) => identityOf(each) === wanted && each['name'] !== undefined);
      return [...new Set(named.map(({ name }) => name as string))];
    },
  };
};
