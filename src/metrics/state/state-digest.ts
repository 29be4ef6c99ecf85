import { createHash } from 'node:crypto';
import type { World } from './world.ts';

type Column = ArrayLike<number>;
type Kept = { readonly table: { readonly rows: number } & Readonly<Record<string, unknown>> };
type Values = Readonly<Record<string, number | string>>;

/** One row of a state table that is not empty, or what is known of an activity. */
export type StateRow = {
  readonly table: string;
  /** The canonical term of the person; empty where it is about nobody. */
  readonly person: string;
  readonly activity: string;
  readonly key: number;
  readonly values: Values;
};

/** Columns that name facts hold their numbers, plus one; these do not. */
const PLAIN = [
  'facts',
  'failures',
  'sessions',
  'others',
  'registration',
  'session',
  'number',
  'successes',
  'pairs',
  'isSkill',
  'learntTrials',
  'learntMillis',
  'againTrials',
  'againMillis',
  'evidence',
  'level',
];
/** What only the way to a state has left behind. */
const LEFT_OUT = ['person', 'a', 'b', 'older', 'rows', 'current', 'head', 'rewritten'];

/**
 * A SHA-256 over all state (hex), the same for every world that would answer the same: whatever came in which order,
 * live or made anew. Rows stand in the order of their texts, not of their numbers.
 */
export const stateDigest = (world: World): string => {
  world.settle();
  const hash = createHash('sha256');
  for (const line of stateRows(world).map(lineOf).sort()) hash.update(`${line}\n`);
  return hash.digest('hex');
};

const lineOf = ({ table, person, activity, key, values }: StateRow): string =>
  JSON.stringify([table, person, activity, key, ...Object.values(values)]);

/** Every row that is not empty; what tells a fact is its statement's position, or whatever else is asked for. */
export const stateRows = (
  world: World,
  tell: (position: number) => number | string = (position) => position,
): readonly StateRow[] => [
  ...Object.entries(tablesOf(world)).flatMap(([name, table]) =>
    rowsOf(world, name, table as unknown as Kept, tell),
  ),
  ...describedRows(world),
];

const tablesOf = ({ enrolments, attempts, pairs, skills }: World) => ({
  enrolments,
  units: enrolments.units,
  attempts,
  pairs,
  skills,
});

const rowsOf = (
  { log, persons, people }: World,
  name: string,
  { table }: Kept,
  tell: (position: number) => number | string,
): StateRow[] => {
  const column = (one: string): Column => table[one] as Column;
  const names = Object.keys(table).filter((one) => ArrayBuffer.isView(table[one]) && !LEFT_OUT.includes(one));
  const rows: StateRow[] = [];
  const told = (one: string, row: number): number | string => {
    const value = column(one)[row] as number;
    if (value === 0 || PLAIN.includes(one)) return value;
    return one === 'root' ? log.activities.text(value) : tell(log.facts.position[value - 1] as number);
  };
  for (let row = 0; row < table.rows; row += 1) {
    const values = Object.fromEntries(names.map((one) => [one, told(one, row)]));
    if (Object.values(values).every((value) => value === 0)) continue;
    const person = column('person')[row] as number;
    const activity = log.activities.text(column('a')[row] as number);
    rows.push({
      table: name,
      person: people.directory.personOf(log.identifiers.text(persons.personOf(person))),
      activity,
      key: name === 'attempts' ? 0 : (column('b')[row] as number),
      values,
    });
  }
  return rows;
};

/** What is said of activities by strings is told as these. */
const describedRows = ({ log: { activities, words, described } }: World): readonly StateRow[] =>
  described.all().map(({ activity, name, time, value }) => {
    const texts = {
      type: words,
      kind: words,
      program: activities,
      due: undefined,
      start: undefined,
      end: undefined,
    };
    const told = texts[name]?.text(value) ?? value;
    return {
      table: 'described',
      person: '',
      activity: activities.text(activity),
      key: 0,
      values: { name, time, told },
    };
  });
