import { OPS } from '../../ledger/leaf.ts';
import { describedActivities, foldDefinition } from '../../statements/definitions.ts';
import type { Position } from '../../statements/statement-query.ts';
import { agentTerms, termsOf } from '../../statements/terms.ts';
import type { Actor, Statement } from '../../xapi/statement.ts';
import type { Entry } from './entry-reader.ts';
import { RELATIONS } from './generation.ts';
import { FLAGS, type Log } from './log.ts';
import type { PostingIndex } from './posting-index.ts';
import { addReferences } from './references.ts';

/** The term that every statement has: lists without a filter are found by it. */
export const EVERY_STATEMENT = '*';

/**
 * Takes one entry of the log into the index: the same function while storing, at start and on a rebuild, so that
 * they cannot differ. Entries come in the order of their positions.
 */
export const follow = (
  index: PostingIndex,
  log: Log,
  entry: Omit<Entry, 'text' | 'stored'>,
  statement?: Statement,
): void => {
  const { position } = entry;
  if (statement !== undefined) followStatement(index, log, position, statement, entry.flags);
  index.seal(position);
};

/** Reads an entry's statement from its text, if it is one. */
const statementOf = (entry: Entry): Statement | undefined =>
  entry.op === OPS.statement ? (JSON.parse(entry.text) as Statement) : undefined;

/** So many generations may wait while the index is brought up: one is written while the next is gathered. */
const MOST_WAITING = 2;

/** @throws Error that says that it is the log which cannot be read, and no index. */
const nextEntries = (log: Log, position: Position): readonly Entry[] => {
  try {
    return log.after(position, 1000);
  } catch (error) {
    throw new Error(`log.db cannot be read: ${(error as Error).message}`, { cause: error });
  }
};

/** Brings the index up to the log's head. */
export const catchUp = async (
  index: PostingIndex,
  log: Log,
  progress?: (position: Position) => void,
): Promise<void> => {
  for (;;) {
    const entries = nextEntries(log, index.last());
    if (entries.length === 0) break;
    for (const entry of entries) {
      follow(index, log, entry, statementOf(entry));
      // The error of a flush that is not waited for is that of the next.
      index.flush().catch(() => undefined);
      while (index.backlog() > MOST_WAITING) await index.flush();
    }
    progress?.(index.last());
  }
  await index.flush();
};

const followStatement = (
  index: PostingIndex,
  log: Log,
  position: Position,
  statement: Statement,
  flags: number,
): void => {
  const id = (statement.id as string).toLowerCase();
  index.addId(id, position);
  const keys = [index.termOf(EVERY_STATEMENT) * 4];
  const { own, related, named } = termsOf(statement);
  for (const term of own) keys.push(index.termOf(term) * 4 + RELATIONS.own);
  for (const term of related) keys.push(index.termOf(term) * 4 + RELATIONS.related);
  for (const term of agentTerms(statement.authority as Actor)) {
    keys.push(index.termOf(term) * 4 + RELATIONS.authority);
  }
  for (const key of keys) index.add(key, position);
  addReferences(index, log, { id, position, statement, flags });
  if ((flags & FLAGS.mayDefine) !== 0) describe(index, statement);
  for (const { term, name } of named) addName(index, term, name);
};

const describe = (index: PostingIndex, statement: Statement): void => {
  const by = agentTerms(statement.authority as Actor).join(' ');
  for (const { id, definition } of describedActivities(statement)) {
    if (definition === undefined) continue;
    const known = index.activity(id);
    const folded = foldDefinition(known, definition, by);
    if (folded !== known) index.setActivity(id, folded);
  }
};

const addName = (index: PostingIndex, term: string, name: string): void => {
  const names = index.names(term);
  if (!names.includes(name)) index.setNames(term, [...names, name]);
};
