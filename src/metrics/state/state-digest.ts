import { createHash } from 'node:crypto';
import { textHash } from './fact-columns.ts';
import type { World } from './world.ts';

type Column = ArrayLike<number>;
type Kept = { readonly table: { readonly rows: number } & Readonly<Record<string, unknown>> };

/** Columns that name facts hold their numbers, plus one; they are told as positions. */
const isNamed = (name: string): boolean => !PLAIN.includes(name);
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
const LEFT_OUT = ['person', 'a', 'b', 'older', 'rows', 'current', 'root', 'head'];

/**
 * A SHA-256 over all state (hex), the same for every world that would answer the same: whatever came in which order,
 * live or made anew. Rows stand in the order of their texts, not of their numbers.
 */
export const stateDigest = (world: World): string => {
  world.settle();
  const hash = createHash('sha256');
  for (const line of stateLines(world).sort()) hash.update(`${line}\n`);
  return hash.digest('hex');
};

/** Every row that is not empty, as text. */
export const stateLines = (world: World): string[] =>
  (['enrolments', 'attempts', 'pairs', 'skills'] as const).flatMap((name) =>
    linesOf(world, name, world[name] as unknown as Kept),
  );

const linesOf = ({ log, persons, people }: World, name: string, { table }: Kept): string[] => {
  const column = (one: string): Column => table[one] as Column;
  const names = Object.keys(table).filter((one) => ArrayBuffer.isView(table[one]) && !LEFT_OUT.includes(one));
  const lines: string[] = [];
  const told = (one: string, row: number): number => {
    const value = column(one)[row] as number;
    return isNamed(one) && value !== 0 ? (log.facts.position[value - 1] as number) : value;
  };
  for (let row = 0; row < table.rows; row += 1) {
    const values = names.map((one) => told(one, row));
    if (values.every((value) => value === 0)) continue;
    const person = column('person')[row] as number;
    const who = people.directory.personOf(log.identifiers.text(persons.personOf(person)));
    const what = log.activities.text(column('a')[row] as number);
    lines.push(
      JSON.stringify([name, who, what, name === 'attempts' ? textHash(what) : column('b')[row], values]),
    );
  }
  return lines;
};
