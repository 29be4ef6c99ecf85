import type { Fact } from '../../../src/metrics/fact.ts';
import type { FollowedEntry } from '../../../src/metrics/follower.ts';
import { SIGNALS, type Signal } from '../../../src/metrics/signal.ts';
import { readFact } from '../../../src/metrics/signals/read-fact.ts';
import { SIGNAL_TABLE } from '../../../src/metrics/signals/signal-table.ts';
import type { Actor, Statement } from '../../../src/xapi/statement.ts';
import { grouped } from './grouped.ts';
import { oraclePersons } from './oracle-persons.ts';

/** A fact as the oracle sees it. */
export type Told = Fact & { readonly id: string; readonly person: string };

/** What comes first when several things happened at the same moment (specs/metrics.md: time, signal, statement). */
const ORDER: readonly Signal[] = (
  'assigned registered opportunity launched started experienced attended missed shared searched reviewed mentored ' +
  'practised progressed answered submitted applied failed passed completed satisfied waived asserted certified ' +
  'terminated abandoned withdrawn expired revoked'
).split(' ') as Signal[];

export const says = ({ signals }: { readonly signals: number }, ...names: readonly Signal[]): boolean =>
  names.some((name) => (signals & SIGNALS[name]) !== 0);

const rank = (fact: Fact): number => ORDER.reduce((last, name, at) => (says(fact, name) ? at : last), -1);

/** The hash that ids are compared by, and registrations and sessions told by: FNV-1a with its bits mixed once. */
export const mark = (text: string): number => {
  let hash = 2166136261n;
  for (const unit of Array.from({ length: text.length }, (_, at) => text.charCodeAt(at)))
    hash = ((hash ^ BigInt(unit)) * 16777619n) & 0xffffffffn;
  hash = ((hash ^ (hash >> 16n)) * 0x2c1b3c6dn) & 0xffffffffn;
  return Number(hash ^ (hash >> 15n)) || 1;
};

const VOIDED = 'http://adlnet.gov/expapi/verbs/voided';

type Sent = { readonly statement: Statement; readonly entry: FollowedEntry; readonly id: string };

const targetOf = ({ statement: { verb, object } }: Sent): string | undefined =>
  verb.id === VOIDED && object.objectType === 'StatementRef' ? object.id.toLowerCase() : undefined;

const whoSaid = ({ statement: { authority } }: Sent): string => JSON.stringify(identityOf(authority));
const identityOf = (actor: Actor | undefined): unknown =>
  actor === undefined ? null : [actor.mbox, actor.account?.homePage, actor.account?.name, actor.openid];

/** Whether anything that voids it may (V-1, V-4), before it or after it. A voiding statement cannot be voided. */
const voidedIn = (all: readonly Sent[]): ((sent: Sent) => boolean) => {
  const voiding = new Map(grouped(all, (one) => [targetOf(one)]).map(([[target], ones]) => [target, ones]));
  return (sent) =>
    (voiding.get(sent.id) ?? []).some((one) => !one.entry.voidsOnlyOwn || whoSaid(one) === whoSaid(sent));
};

export type OracleFacts = {
  /** What stands and is about persons, in the order in which it happened, once for each person. */
  readonly facts: readonly Told[];
  /** Everything that was ever said, voided or not. */
  readonly everything: readonly Fact[];
  readonly personOf: (term: string) => string;
};

/** All of it from scratch. */
export const oracleFacts = (entries: readonly FollowedEntry[]): OracleFacts => {
  const sent: readonly Sent[] = entries
    .filter(({ kind }) => kind === 'statement')
    .map((entry) => ({ entry, statement: JSON.parse(entry.text) as Statement }))
    .map((one) => ({ ...one, id: (one.statement.id as string).toLowerCase() }));
  const read = sent.map((one) => ({
    one,
    facts: readFact(one.statement, one.entry.stored, SIGNAL_TABLE),
  }));
  const everything = read.flatMap(({ facts }) => facts);
  const personOf = oraclePersons(
    entries,
    everything.flatMap(({ subject, observer = subject }) => [subject, observer]),
  );
  const isVoided = voidedIn(sent);
  const standing = read
    .filter(({ one }) => !isVoided(one))
    .flatMap(({ one, facts }) => {
      const told = facts
        .filter(({ isTeam }) => !isTeam)
        .map((fact): Told => ({ ...fact, id: one.id, person: personOf(fact.subject) }));
      return told.filter(({ person }, at) => told.findIndex((other) => other.person === person) === at);
    });
  const facts = [...standing].sort((a, b) => a.time - b.time || rank(a) - rank(b) || mark(a.id) - mark(b.id));
  return { facts, everything, personOf };
};
