import { hoursOf, nameOf, type Plain } from './plain.ts';
import { type Row, scoreOf } from './recount-row.ts';

export const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
export const mean = (numbers: readonly number[]): number | null =>
  numbers.length === 0 ? null : sum(numbers) / numbers.length;
export const personOf = ({ statements }: Row): string => {
  const [one] = statements;
  if (one === undefined) return '';
  return nameOf(one.object.objectType === 'Agent' ? one.object : one.actor);
};
const grouped = (rows: readonly Row[], by: (row: Row) => string): ReadonlyMap<string, readonly Row[]> => {
  const found = new Map<string, Row[]>();
  for (const row of rows) found.set(by(row), [...(found.get(by(row)) ?? []), row]);
  return found;
};
export const byPerson = (rows: readonly Row[]): readonly (readonly Row[])[] => [
  ...grouped(rows, personOf).values(),
];

export const count = { figures: (rows: readonly Row[]) => ({ value: rows.length }) };
export const distinct = { figures: (_: readonly Row[], persons: number) => ({ value: persons }) };

/** Hours by course and registration: those of ends of sessions, where there are any; at most four each. */
export const hoursIn = (rows: readonly Row[]): number =>
  sum(rows.map(({ statements }) => Math.min(4, hoursOf(statements[0] as Plain))));

export const survival = (isEvent: (row: Row) => boolean) => ({
  figures: (rows: readonly Row[]) => ({ n: rows.length, events: rows.filter(isEvent).length }),
});

/** An answer that says the same within a second. */
export const sameness = ({ statements: [one] }: Row): string => {
  const { verb, object, result, timestamp, context } = one as Plain;
  return JSON.stringify([verb.id, object.id, result, timestamp.slice(0, 19), context?.registration]);
};

export const isOdd = ({ statements: [one] }: Row): boolean => {
  const { result, timestamp } = one as Plain;
  return (
    (result?.score?.raw !== undefined && result.score.scaled === undefined) ||
    Date.parse(timestamp) < 946_684_800_000
  );
};

export const gain = (rows: readonly Row[]) => {
  const of = (kind: string, some: readonly Row[]) =>
    mean(some.filter(({ values }) => values['activity.kind'] === kind).map(scoreOf)) ?? Number.NaN;
  const gains = byPerson(rows).map((some) => of('posttest', some) - of('pretest', some));
  return { n: gains.length, value: mean(gains) };
};

export const facility = (rows: readonly Row[]) => ({
  items: [...grouped(rows, ({ statements }) => statements[0]?.object.id ?? '')]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, some]) => ({
      item: { id },
      answered: some.length,
      facility: some.filter(({ statements }) => statements[0]?.result?.success === true).length / some.length,
    })),
});

export const quantile99 = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const at = 0.99 * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(at)] as number, sorted[Math.ceil(at)] as number];
  return low + (high - low) * (at - Math.floor(at));
};
