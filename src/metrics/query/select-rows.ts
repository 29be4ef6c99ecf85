import type { Dimension, Grain, Rows } from '../grains/grain.ts';
import { cohortMembers } from './cohort-members.ts';
import { type Group, groupRows } from './group-rows.ts';
import { matchFilter } from './match-filter.ts';
import { openGrain } from './open-grain.ts';
import { rowsUpTo, rowsWhere } from './over-rows.ts';
import { dayText, firstDayOf } from './periods.ts';
import type { Query } from './query.ts';
import type { Scope } from './scope.ts';

/** Before this no calendar of ours begins; days are counted from it, so that codes are above 0. */
const FIRST_DAY = -1_000_000;

/** The rows of a grain that a question is about, and how it groups them. */
export type Selection = {
  readonly grain: Rows;
  readonly rows: Uint32Array;
  /** Time first, if it is cut into periods. */
  readonly dimensions: readonly Dimension[];
  readonly groups: readonly Group[];
};

/** Every name in the question has been checked against the grain. */
export const selectRows = (query: Query, of: Grain, scope: Scope): Selection => {
  const grain = openGrain(of, scope);
  const dimension = (name: string): Dimension => (grain.dimensions[name] as () => Dimension)();
  const moment =
    query.time.by === 'begin' ? grain.begin : (grain.moments[query.time.by] as typeof grain.begin);
  const tests: ((row: number) => boolean)[] = [];
  const { range } = query.time;
  const { cohort } = query;
  if (cohort !== undefined) tests.push(membership(cohortMembers(scope, cohort, '/cohort'), grain));
  if (range !== undefined) tests.push((row) => moment(row) >= range[0] && moment(row) < range[1]);
  if (query.filter !== undefined) tests.push(matchFilter(query.filter, dimension));
  const rows = tests.reduce(rowsWhere, grain.there?.() ?? rowsUpTo(grain.size, grain.has));
  const dimensions = [...periods(query, scope, moment), ...query.dimensions.map(dimension)];
  return { grain, rows, dimensions, groups: groupRows(rows, dimensions) };
};

const membership =
  (members: Uint8Array, { person }: Rows): ((row: number) => boolean) =>
  (row) =>
    members[person(row)] === 1;

const periods = ({ time }: Query, { zone }: Scope, moment: (row: number) => number): readonly Dimension[] => {
  if (time.grain === undefined) return [];
  const first = firstDayOf(time.grain);
  const code = (row: number): number => {
    const at = moment(row);
    return Number.isNaN(at) ? 0 : first(zone.day(at)) - FIRST_DAY;
  };
  return [{ code, decode: (code) => (code === 0 ? null : dayText(code + FIRST_DAY)) }];
};
