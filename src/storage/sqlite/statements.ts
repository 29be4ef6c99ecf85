import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { OPS } from '../../ledger/leaf.ts';
import type { Position, StatementQuery } from '../../statements/statement-query.ts';
import type {
  SentAttachment,
  SignatureVerdict,
  StatementBatch,
  StatementStore,
  StoredStatement,
  StoringTerms,
} from '../../statements/statement-store.ts';
import { checkKeptStored, checkVoiding, settleBatch, storedText } from '../../statements/store-statements.ts';
import { agentTerm } from '../../statements/terms.ts';
import type { SentStatement } from '../../xapi/read-statements.ts';
import { reject } from '../../xapi/rejection.ts';
import type { Actor, Statement } from '../../xapi/statement.ts';
import { epochMicros, formatMicros } from '../../xapi/timestamp.ts';
import type { Attachments } from './attachments.ts';
import type { StoredClock } from './clock.ts';
import { type CommitQueue, stopped, unwritten } from './commit-queue.ts';
import type { Entry } from './entry-reader.ts';
import type { HeadWatchers } from './head-watchers.ts';
import { FLAGS, type Log } from './log.ts';
import type { LogReading } from './log-reading.ts';
import { matches } from './match.ts';
import type { PostingIndex } from './posting-index.ts';

/** How many are counted before others get their turn. */
const COUNTED_AT_ONCE = 65_536;

export type StatementParts = {
  readonly log: Log;
  readonly reading: LogReading;
  readonly index: PostingIndex;
  readonly queue: CommitQueue;
  readonly clock: StoredClock;
  readonly attachments: Attachments;
  readonly watchers: HeadWatchers;
};

/** So many slices of the index may wait to be written; each has thousands of entries, which are in memory till then. */
const MOST_BEHIND = 16;
/** In milliseconds: how soon it is looked again whether it is still behind. */
const LOOKED_AT_EVERY = 10;

const isBehind = ({ index, queue }: StatementParts): boolean =>
  index.backlog() > MOST_BEHIND && queue.failure() === undefined;

const indexHasRoom = async (parts: StatementParts): Promise<void> => {
  while (isBehind(parts)) await sleep(LOOKED_AT_EVERY);
};

export const sqliteStatements = (parts: StatementParts): StatementStore => {
  const { log, reading, index, queue, clock, watchers } = parts;
  const readAuthority = authorityReader();

  const stored = ({ position, stored: at, text, flags }: Entry): StoredStatement => ({
    position,
    text,
    stored: at,
    voided: index.isVoid(position),
    terms: termsOfFlags(flags),
  });

  const at = (position: Position): Entry => {
    const entry = log.at(position);
    if (entry === undefined)
      throw new Error(`The index names position ${position}, which the log does not hold.`);
    return entry;
  };

  return {
    append: async (batch) => {
      const withFiles = batch.attachments !== undefined && batch.attachments.length > 0;
      // What is refused, or here already, leaves no files.
      if (withFiles && settle(parts, batch).length > 0) await writeFiles(parts, batch.attachments);
      if (isBehind(parts)) await indexHasRoom(parts);
      const by = readAuthority(batch.authority);
      return queue.add(
        () => store(parts, batch, by),
        withFiles ? 'rows' : 'entries',
        batch.statements.length,
      );
    },

    find: async (id) => {
      const position = index.positionOf(id);
      return position === undefined ? undefined : stored(at(position));
    },

    page: async (query) => {
      const found = matches(index, query, rangeOf(log, query), query.limit + 1);
      const page = await reading.among(found.slice(0, query.limit));
      const statements = page.map(stored);
      const last = found[page.length - 1];
      return page.length < found.length && last !== undefined ? { statements, behind: last } : { statements };
    },

    count: async (query) => {
      const { behind: _, ...all } = query;
      const ascending = { ...all, ascending: true };
      let { after, upTo } = rangeOf(log, ascending);
      for (let count = 0; ; await nextTurn()) {
        const found = matches(index, ascending, { after, upTo }, COUNTED_AT_ONCE);
        count += found.length;
        const last = found.at(-1);
        if (last === undefined || found.length < COUNTED_AT_ONCE) return count;
        after = last;
      }
    },

    after: async (position, limit) => (await reading.after(position, limit, OPS.statement)).map(stored),

    definition: async (activityId) => index.activity(activityId)?.definition,

    names: async (agent) => index.names(agentTerm(agent) ?? ''),

    consistentThrough: () => clock.consistentThrough(),

    head: () => log.durable(),

    watch: watchers.watch,
  };
};

/** One credential sends many batches: its authority is read once. */
const authorityReader = (): ((text: string) => Actor) => {
  let last = '';
  let actor: Actor = {};
  return (text) => {
    if (text !== last) [last, actor] = [text, JSON.parse(text) as Actor];
    return actor;
  };
};

const rangeOf = (log: Log, query: StatementQuery) => {
  const since = query.since === undefined ? 0 : log.positionAt(query.since);
  const until = query.until === undefined ? log.durable() : log.positionAt(query.until);
  const { behind, ascending } = query;
  if (behind === undefined) return { after: since, upTo: until };
  return ascending
    ? { after: Math.max(since, behind), upTo: until }
    : { after: since, upTo: Math.min(until, behind - 1) };
};

/** Out of file descriptors: it may be better in a moment, and nothing has been written. */
const PASSING = ['EMFILE', 'ENFILE'];

/** As with a commit: what cannot be written stops the store, for a sync that failed cannot be made again. */
const writeFiles = async (
  { attachments, queue }: StatementParts,
  sent: readonly SentAttachment[],
): Promise<void> => {
  try {
    await attachments.writeFiles(sent);
  } catch (error) {
    if (!PASSING.includes(String((error as NodeJS.ErrnoException).code))) {
      queue.stop(error as Error);
      throw stopped();
    }
    throw reject('unavailable', '', 'The store has too many files open at this moment. Send it again.');
  }
};

const settle = ({ index, log, clock }: StatementParts, batch: StatementBatch): readonly number[] => {
  const textOf = (id: string): string | undefined => {
    const position = log.placeOf(id) ?? index.positionOf(id);
    return position === undefined ? undefined : log.at(position)?.text;
  };
  const fresh = settleBatch(batch, textOf);
  checkVoiding(batch, fresh, textOf);
  checkKeptStored(batch, fresh, clock.last(), clock.now());
  return fresh;
};

/** Settles what is known and what conflicts, and only then writes: a rejected batch has left nothing. */
const store = (parts: StatementParts, batch: StatementBatch, by: Actor): readonly string[] => {
  const fresh = unwritten(() => settle(parts, batch));
  if (fresh.length > 0) parts.attachments.insert(batch.attachments ?? []);
  for (const at of fresh) write(parts, batch, at, by);
  return batch.statements.map(({ idAsSent }) => idAsSent);
};

const write = ({ log, clock }: StatementParts, batch: StatementBatch, at: number, by: Actor): void => {
  const sent = batch.statements[at] as SentStatement;
  const { statement } = sent;
  const kept = sent.keepsStored ? statement.stored : undefined;
  const moment = kept === undefined ? clock.next() : epochMicros(kept);
  if (kept !== undefined) clock.advance(moment);
  const time = kept ?? formatMicros(moment);
  const text = storedText(sent, time, batch.authority);
  const flags =
    (batch.mayDefine ? FLAGS.mayDefine : 0) |
    (batch.voidsOnlyOwn === true ? FLAGS.voidsOnlyOwn : 0) |
    (sent.family === '2.0.0' ? FLAGS.later : 0) |
    verdictFlag(batch.signatures?.[at]);
  const authority = sent.keepsAuthority ? statement.authority : by;
  const whole = { ...statement, id: sent.id, authority } as Statement;
  log.place({ op: OPS.statement, flags, text, parts: sent.parts, statement: whole }, moment);
};

const termsOfFlags = (flags: number): StoringTerms => ({
  mayDefine: (flags & FLAGS.mayDefine) !== 0,
  voidsOnlyOwn: (flags & FLAGS.voidsOnlyOwn) !== 0,
  family: (flags & FLAGS.later) === 0 ? '1.0.3' : '2.0.0',
});

const verdictFlag = (verdict: SignatureVerdict | undefined): number => {
  if (verdict === undefined) return 0;
  return verdict === 'verified' ? FLAGS.verified : FLAGS.noKey;
};
