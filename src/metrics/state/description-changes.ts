import type { Position } from '../../statements/statement-query.ts';
import { columns } from './columns.ts';

/** What an activity can be described by; the number of each is kept on disk. */
export const WHAT = ['type', 'kind', 'due', 'start', 'end', 'program'] as const;
export type What = (typeof WHAT)[number];

export const MOMENTS: readonly What[] = ['due', 'start', 'end'];

/** Each time that something counted for an activity that had not counted before, in the order of the log. */
export const changeColumns = () => columns({ activity: 'u32', what: 'u8', position: 'u32', value: 'f64' });
export type DescriptionChanges = ReturnType<typeof changeColumns>;

export const valueColumns = () =>
  columns({ type: 'u32', kind: 'u32', due: 'f64', start: 'f64', end: 'f64', program: 'u32' });
type Values = ReturnType<typeof valueColumns>;

export const addUnknown = (values: Values): number => {
  const row = values.add();
  for (const what of MOMENTS) values[what][row] = Number.NaN;
  return row;
};

export const reading =
  (values: Values): ((what: What, activity: number) => number) =>
  (what, activity) => {
    if (activity < values.rows) return values[what][activity] as number;
    return MOMENTS.includes(what) ? Number.NaN : 0;
  };

/** What was last to count counts: changes are in the order of the log. */
export const valuesAt = (changes: DescriptionChanges, position: Position): Values => {
  const values = valueColumns();
  for (let row = 0; row < changes.rows && (changes.position[row] as number) <= position; row += 1) {
    const activity = changes.activity[row] as number;
    while (values.rows <= activity) addUnknown(values);
    values[WHAT[changes.what[row] as number] as What][activity] = changes.value[row] as number;
  }
  return values;
};

/** Told that something else counts from a position on. */
export const addChange = (
  changes: DescriptionChanges,
  activity: number,
  what: What,
  { position, value }: { readonly position: Position; readonly value: number },
): void => {
  const row = changes.add();
  changes.activity[row] = activity;
  changes.what[row] = WHAT.indexOf(what);
  changes.position[row] = position;
  changes.value[row] = value;
};
