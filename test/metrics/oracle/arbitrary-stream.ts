import fc from 'fast-check';
import type { FollowedEntry } from '../../../src/metrics/follower.ts';
import {
  ADL,
  authority,
  cycling,
  HOUR,
  identifier,
  idOf,
  learning,
  MOMENTS,
  SKILLS,
  some,
  timestamp,
  trying,
} from './arbitrary-learning.ts';

/** Of statements that are there, that are not, and of other voids. */
const voiding = fc.record({
  actor: identifier,
  verb: fc.constant({ id: `${ADL}voided` }),
  object: fc.nat({ max: 30 }).map((number) => ({ objectType: 'StatementRef', id: idOf(number) })),
  authority,
  timestamp,
});

const several = fc.uniqueArray(identifier, {
  minLength: 1,
  maxLength: 3,
  selector: (one) => JSON.stringify(one),
});
const record = fc.oneof(
  { weight: 4, arbitrary: several.map((identifiers) => ({ record: 'merge', identifiers, why: 'the same' })) },
  {
    weight: 3,
    arbitrary: fc.record({
      record: fc.constant('split'),
      identifiers: several,
      together: fc.boolean(),
      why: fc.constant('not the same'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc
      .record({
        activity: fc.constantFrom('https://lms.example/u1', 'https://lms.example/c1'),
        skill: fc.constantFrom(...SKILLS.map(({ id }) => id)),
        level: some(fc.constantFrom(2, 5)),
      })
      .map((one) => ({ record: 'skills', activities: [one] })),
  },
  { weight: 1, arbitrary: identifier.map((one) => ({ record: 'roster', rows: [{ identifier: one }] })) },
);

/** What comes to be stored, without its position. */
export type Sent = Omit<FollowedEntry, 'position'>;

const stored = fc.constantFrom(...MOMENTS).map((time) => (time + HOUR) * 1000);
const sentOf = (about: fc.Arbitrary<object>) =>
  fc
    .record({
      statement: fc.oneof({ weight: 9, arbitrary: about }, { weight: 2, arbitrary: voiding }),
      stored,
      voidsOnlyOwn: fc.boolean(),
    })
    .map(({ statement, ...rest }) => ({ kind: 'statement' as const, text: statement, ...rest }));
const sentRecord = fc.record({ text: record, stored }).map(({ text, ...rest }) => ({
  kind: 'record' as const,
  text: { ...text, by: 'key' },
  voidsOnlyOwn: false,
  ...rest,
}));
const other = stored.map((at) => ({ kind: 'other' as const, text: {}, stored: at, voidsOnlyOwn: false }));

/** What narrows a stream, so that the same things are said of the same again and again. */
const NARROWED: readonly (readonly [RegExp, string])[] = [
  [/lms\.example\/(c2|e1|q1)"/g, 'lms.example/c1"'],
  [/lms\.example\/(u2|none)"/g, 'lms.example/u1"'],
  [/skills\.example\/s2"/g, 'skills.example/s1"'],
  [/"openid":"[^"]+"|"mbox":"mailto:bob[^"]+"/g, '"mbox":"mailto:ann@example.org"'],
];
const narrowed = (text: string): string =>
  NARROWED.reduce((narrow, [from, to]) => narrow.replace(from, to), text);

type Coming = Omit<Sent, 'text'> & { readonly text: object };

const comingOf = (about: fc.Arbitrary<object>, others: number): fc.Arbitrary<readonly Coming[]> =>
  fc.array(
    fc.oneof(
      { weight: 14, arbitrary: sentOf(about) },
      { weight: 2 * others, arbitrary: sentRecord },
      { weight: others, arbitrary: other },
    ),
    { minLength: 4, maxLength: 32, size: 'max' },
  );

/** Statements have ids by their places. */
const textsOf = (all: readonly Coming[]): readonly Sent[] =>
  all.map(({ text, ...rest }, at) => ({
    ...rest,
    text: JSON.stringify(rest.kind === 'statement' ? { id: idOf(at), ...text } : text),
  }));

/** About everything, about little of everything, and about one course or exercise alone. */
export const streams: fc.Arbitrary<readonly Sent[]> = fc.oneof(
  comingOf(learning, 1).map(textsOf),
  comingOf(learning, 1)
    .map(textsOf)
    .map((all) => all.map((sent) => ({ ...sent, text: narrowed(sent.text) }))),
  comingOf(cycling, 0).map(textsOf),
  comingOf(trying, 0).map(textsOf),
);

/** Another order of arrival: records keep theirs, for what they say depends on it. */
export const arriving = (stream: readonly Sent[], keys: readonly number[]): readonly Sent[] => {
  const records = stream.filter(({ kind }) => kind === 'record');
  const shuffled = stream
    .map((sent, at) => ({ sent, key: keys[at % keys.length] ?? 0, at }))
    .sort((a, b) => a.key - b.key || a.at - b.at)
    .map(({ sent }) => sent);
  return shuffled.map((sent) => (sent.kind === 'record' ? (records.shift() as Sent) : sent));
};

export const logOf = (stream: readonly Sent[]): readonly FollowedEntry[] =>
  stream.map((sent, at) => ({ ...sent, position: at + 1 }));
