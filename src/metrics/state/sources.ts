import type { SignedRecord } from '../../people/record.ts';
import type { Position } from '../../statements/statement-query.ts';
import { identifierOf } from '../../statements/terms.ts';
import { epochMicros } from '../../xapi/timestamp.ts';
import { FACT } from './fact-columns.ts';
import type { FactLog } from './fact-log.ts';
import { lateness } from './lateness.ts';

/** What metrics know of one source of statements, which is an authority. */
export type Source = {
  /** Its authority's number among words. */
  readonly authority: number;
  /** What it is called: the name of its account (a credential's id), or its identifier. */
  readonly name: string;
  /** How many facts it has told, and the position of the last. */
  facts: number;
  last: Position;
  /** The newest moment at which anything happened that it told of; milliseconds since 1970. */
  newest: number;
  readonly delays: ReturnType<typeof lateness>;
};

/** Sources as they stand; facts that have come since they were last asked for are taken in then. */
export type Sources = {
  all(): readonly Source[];
  /** Those that have told something of an activity (a root), by its number. */
  feeding(activity: number): readonly Source[];
  /** Told up to when a source (by its name) says that it is complete. */
  declare(name: string, through: number): void;
  declared(name: string): number | undefined;
};

/** What credential-less imports are stored under. */
const IMPORT = 'import';

/** Whether a source is what was moved in: of its delays nothing can be learnt. */
export const isImport = ({ name }: Source): boolean => name === IMPORT;

/** Of all facts, or of those up to a position. */
export const sources = ({ facts, words }: FactLog, upto = Number.POSITIVE_INFINITY): Sources => {
  const byAuthority = new Map<number, Source>();
  const feeding = new Map<number, Source[]>();
  const pairs = new Set<number>();
  const said = new Map<string, number>();
  let seen = 0;

  const sourceOf = (authority: number): Source => {
    const known = byAuthority.get(authority);
    if (known !== undefined) return known;
    const made = { authority, name: nameOf(words.text(authority)), ...EMPTY, delays: lateness() };
    byAuthority.set(authority, made);
    return made;
  };

  const feed = (source: Source, root: number): void => {
    const pair = source.authority * 2 ** 32 + root;
    if (pairs.has(pair)) return;
    pairs.add(pair);
    const those = feeding.get(root);
    if (those === undefined) feeding.set(root, [source]);
    else those.push(source);
  };

  const take = (row: number): void => {
    const source = sourceOf(facts.authority[row] as number);
    source.facts += 1;
    source.last = facts.position[row] as number;
    feed(source, facts.root[row] as number);
    if (((facts.flags[row] as number) & (FACT.past | FACT.dateUnknown)) !== 0) return;
    source.newest = Math.max(source.newest, facts.time[row] as number);
    source.delays.add(facts.lateness[row] as number);
  };

  const catchUp = (): void => {
    for (; seen < facts.rows && (facts.position[seen] as number) <= upto; seen += 1) take(seen);
  };

  return {
    all: () => {
      catchUp();
      return [...byAuthority.values()];
    },
    feeding: (activity) => {
      catchUp();
      return feeding.get(activity) ?? NONE;
    },
    declare: (name, through) => {
      said.set(name, through);
    },
    declared: (name) => said.get(name),
  };
};

/** Takes in what a record says of a source, if it says anything. */
export const declare = (fed: Sources, record: SignedRecord): void => {
  if (record.record === 'complete-through') fed.declare(record.source, epochMicros(record.through) / 1000);
};

const EMPTY = { facts: 0, last: 0, newest: Number.NEGATIVE_INFINITY };
const NONE: readonly Source[] = [];

const nameOf = (term: string): string => {
  if (term === '') return '';
  const { account, mbox, mbox_sha1sum: sha1, openid } = identifierOf(term);
  return account?.name ?? mbox ?? sha1 ?? openid ?? term;
};
