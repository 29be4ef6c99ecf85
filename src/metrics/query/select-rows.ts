import type { Dimension, Grain, Moment, Rows } from '../grains/grain.ts';
import { roughWholes } from '../scratch.ts';
import type { DimensionValue } from '../views.ts';
import { cohortMembers } from './cohort-members.ts';
import { type Groups, groupRows } from './group-rows.ts';
import { matchFilter } from './match-filter.ts';
import { openGrain } from './open-grain.ts';
import { numbersOf, rowsAt, rowsUpTo, wholesOf } from './over-rows.ts';
import { dayText, firstDayOf } from './periods.ts';
import type { Query } from './query.ts';
import { remembered } from './remembered.ts';
import type { Scope } from './scope.ts';

/** Before this no calendar of ours begins; days are counted from it, so that codes are above 0. */
const FIRST_DAY = -1_000_000;

/** The rows of a grain that a question is about, and how it groups them. */
export type Selection = {
  readonly grain: Rows;
  readonly rows: Uint32Array;
  /** Time first, if it is cut into periods. */
  readonly dimensions: readonly Dimension[];
  readonly groups: Groups;
};

/** Every name in the question has been checked against the grain. */
export const selectRows = (query: Query, of: Grain, scope: Scope): Selection => {
  const grain = openGrain(of, scope);
  const dimension = (name: string): Dimension => (grain.dimensions[name] as () => Dimension)();
  const moment = query.time.by === 'begin' ? grain.begin : (grain.moments[query.time.by] as Moment);
  const { cohort, filter, time } = query;
  let rows = grain.there?.() ?? rowsUpTo(grain.size, grain.has);
  if (cohort !== undefined) rows = membersAmong(rows, cohortMembers(scope, cohort, '/cohort'), grain);
  if (time.range !== undefined) rows = within(rows, moment, time.range);
  if (filter !== undefined) rows = matchFilter(rows, filter, dimension);
  const dimensions = [...periods(query, scope, moment), ...query.dimensions.map(dimension)];
  return { grain, rows, dimensions, groups: groupRows(rows, dimensions) };
};

const membersAmong = (rows: Uint32Array, members: Uint8Array, { person }: Rows): Uint32Array => {
  const persons = wholesOf(rows, person);
  return rowsAt(rows, (place) => members[persons[place] as number] === 1);
};

const periods = ({ time }: Query, { zone }: Scope, moment: Moment): readonly Dimension[] => {
  if (time.grain === undefined) return [];
  const first = firstDayOf(time.grain);
  const coded = remembered((day) => first(day) - FIRST_DAY);
  const codeOn = (day: number): number => (Number.isNaN(day) ? 0 : coded(day));
  const code = (row: number): number => codeOn(zone.day(moment(row)));
  const codes = (rows: Uint32Array): Uint32Array => {
    const moments = numbersOf(rows, moment);
    const found = roughWholes(rows.length);
    let [from, before, is] = [Number.NaN, Number.NaN, 0];
    for (let at = 0; at < found.length; at += 1) {
      const time = moments[at] as number;
      // Rows that stand side by side are mostly of one day.
      if (!(time >= from && time < before)) {
        is = codeOn(zone.day(time));
        [from, before] = zone.span(time);
      }
      found[at] = is;
    }
    return found;
  };
  const decode = (code: number): DimensionValue => (code === 0 ? null : dayText(code + FIRST_DAY));
  return [{ code, codes, decode }];
};

/** The rows of which a moment lies in a range. */
const within = (
  rows: Uint32Array,
  moment: Moment,
  [from, before]: readonly [number, number],
): Uint32Array => {
  const moments = numbersOf(rows, moment);
  const found = roughWholes(rows.length);
  let n = 0;
  for (let at = 0; at < rows.length; at += 1) {
    const time = moments[at] as number;
    if (!(time >= from && time < before)) continue;
    found[n] = rows[at] as number;
    n += 1;
  }
  return found.subarray(0, n);
};
