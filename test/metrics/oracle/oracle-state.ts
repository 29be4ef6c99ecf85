import type { Fact } from '../../../src/metrics/fact.ts';
import type { FollowedEntry } from '../../../src/metrics/follower.ts';
import type { StateRow } from '../../../src/metrics/state/state-digest.ts';
import { grouped } from './grouped.ts';
import { type OracleAttempt, oracleAttempts } from './oracle-attempts.ts';
import { NAMED_IN_ENROLMENTS, type OracleEnrolment, oracleEnrolments } from './oracle-enrolments.ts';
import { type OracleFacts, oracleFacts, type Told } from './oracle-facts.ts';
import { type Effort, type OracleEvidence, type OracleTrack, oracleSkills } from './oracle-skills.ts';

/** All that there is to know of a log, made from scratch and in plain objects. */
export type Oracle = Pick<OracleFacts, 'personOf'> & {
  readonly enrolments: readonly OracleEnrolment[];
  /** As the state of a world tells itself, with statements by their ids. */
  readonly rows: readonly StateRow[];
};

const idOf = (fact: Told | undefined): string | number => fact?.id ?? 0;

const enrolmentRow = (row: OracleEnrolment): StateRow => ({
  table: 'enrolments',
  person: row.person,
  activity: row.course,
  key: row.cycle,
  values: {
    facts: row.facts,
    failures: row.failures,
    sessions: row.sessions,
    others: row.others,
    ...Object.fromEntries(NAMED_IN_ENROLMENTS.map((name) => [name, idOf(row[name])])),
  },
});

const attemptRow = (row: OracleAttempt): StateRow => ({
  table: 'attempts',
  person: row.person,
  activity: row.activity,
  key: 0,
  values: {
    registration: row.registration,
    root: row.root,
    session: row.session,
    number: row.number,
    first: idOf(row.first),
    submitted: idOf(row.submitted),
    scored: idOf(row.scored),
    judged: idOf(row.judged),
    completed: idOf(row.completed),
    ended: idOf(row.ended),
  },
});

const effortValues = (learnt: Effort, again: Effort): StateRow['values'] => ({
  learntTrials: learnt.trials,
  learntMillis: learnt.millis,
  againTrials: again.trials,
  againMillis: again.millis,
});

const trackRows = (track: OracleTrack): StateRow[] => {
  const { person, item, pairs, mastered, exposed, successes, learnt, since } = track;
  const row = (key: number, values: StateRow['values']): StateRow => ({
    table: 'pairs',
    person,
    activity: item,
    key,
    values,
  });
  return [
    row(0, {
      mastered: idOf(mastered),
      tested: 0,
      exposed: idOf(exposed),
      successes,
      pairs: pairs.length,
      isSkill: 0,
      ...effortValues(learnt, since),
    }),
    ...pairs.map((pair, at) =>
      row(at + 1, {
        mastered: idOf(pair.mastered),
        tested: idOf(pair.tested),
        exposed: idOf(pair.exposed),
        successes: pair.successes,
        pairs: 0,
        isSkill: pair.isSkill ? 1 : 0,
        relearned: idOf(pair.relearned),
        ...effortValues(pair.learnt, pair.again),
      }),
    ),
  ];
};

const evidenceRows = ({ person, skill, pieces, trained }: OracleEvidence): StateRow[] => {
  const row = (key: number, values: StateRow['values']): StateRow => ({
    table: 'skills',
    person,
    activity: skill,
    key,
    values,
  });
  return [
    row(0, { evidence: pieces.length, trained: idOf(trained), fact: 0, level: 0 }),
    ...pieces.map(({ fact, level }, at) => row(at + 1, { evidence: 0, trained: 0, fact: idOf(fact), level })),
  ];
};

type Said = {
  readonly activity: string;
  readonly name: string;
  readonly time: number;
  readonly told: string | number;
};

const WHAT = ['type', 'kind', 'due', 'start', 'end', 'program'] as const;

const saidOf = ({ described, root, program, time }: Fact): readonly Said[] =>
  described.flatMap((one) => {
    const all = { ...one, program: one.id === root ? program : undefined };
    return WHAT.map((name) => ({ activity: one.id, name, time, told: all[name] ?? '' }));
  });

/** The latest that was said of each thing; of two at one moment the one that sorts last. A void takes nothing back. */
const describedRows = (facts: readonly Fact[]): StateRow[] => {
  const said = facts.flatMap(saidOf).filter(({ told }) => told !== '');
  return grouped(said, ({ activity, name }) => [activity, name]).map(([, all]) => {
    const [first] = [...all].sort((a, b) => b.time - a.time || (a.told < b.told ? 1 : -1)) as [Said];
    const { activity, ...values } = first;
    return { table: 'described', person: '', activity, key: 0, values };
  });
};

export const oracleOf = (entries: readonly FollowedEntry[]): Oracle => {
  const { facts, everything, personOf } = oracleFacts(entries);
  const enrolments = oracleEnrolments(facts);
  const { evidence, tracks } = oracleSkills(entries, facts);
  const rows = [
    ...enrolments.map(enrolmentRow),
    ...oracleAttempts(facts).map(attemptRow),
    ...tracks.flatMap(trackRows),
    ...evidence.flatMap(evidenceRows),
    ...describedRows(everything),
  ];
  const isEmpty = ({ values }: StateRow): boolean => Object.values(values).every((value) => value === 0);
  return { personOf, enrolments, rows: rows.filter((row) => !isEmpty(row)) };
};

/** Rows as lines that can be compared, whatever order rows and values stand in. */
export const linesOf = (rows: readonly StateRow[]): readonly string[] =>
  rows
    .map(({ table, person, activity, key, values }) => {
      const told = Object.entries(values)
        .filter(([, value]) => value !== 0)
        .sort(([a], [b]) => (a < b ? -1 : 1));
      return `${table} ${person} | ${activity} | ${key}: ${JSON.stringify(Object.fromEntries(told))}`;
    })
    .sort();
