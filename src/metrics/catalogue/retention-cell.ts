import { type Members, numberFrom, oneOf, optional, wholeFrom } from '../../xapi/json-reader.ts';
import { excluding, few } from '../cells.ts';
import type { Access } from '../metrics.ts';
import { fewestFor } from '../query/as-told.ts';
import { countAll } from '../statistics/dense-numbers.ts';
import type { CurveCell, CurvePoint, Reference } from '../views.ts';
import { around, only, type PairRows } from './pair-rows.ts';
import { type FitParams, fitReader, type LOSSES, retentionFit } from './retention-fit.ts';
import { retentionPoints, shareOf } from './retention-points.ts';

/** How a curve over delays is told. */
export type CurveParams = {
  readonly bins?: 'standard' | 'exact';
  readonly minPersons?: number;
  readonly at?: number;
  readonly tolerance?: number;
  readonly fit?: FitParams | null;
};

const MOST_DAYS = 36_500;

export const curveParams = (
  losses: readonly (typeof LOSSES)[number][],
  fit: FitParams,
): Members<CurveParams> => ({
  bins: optional(oneOf(['standard', 'exact'])),
  minPersons: optional(wholeFrom(1, 1000)),
  at: optional(numberFrom(0, MOST_DAYS)),
  tolerance: optional(numberFrom(0, 1)),
  fit: optional(fitReader(losses, fit)),
});

export const CURVE_DEFAULTS = { bins: 'standard', minPersons: 5, at: 7, tolerance: 0.3 } as const;

export const CURVE_IN_WORDS = {
  bins: 'standard: the first hour, then 1, 2, 7, 14, 30, 60, 90, 180, 365 days, meeting in the geometric middle; exact: every delay that there is, to the second, if there are at most 100.',
  minPersons: 'Points of fewer persons are not told, and no curve is drawn through them.',
  at: 'The delay in days whose share is told as the value.',
  tolerance: 'How far from it, as a share of it, delays still count.',
};

/** What others say, to be drawn beside one's own curve: it is one person's savings for nonsense syllables. */
const SEVENTY_FIVE: Reference = {
  label: '75 % forgotten in a week (a savings score of Ebbinghaus, 1885)',
  at: 7,
  value: 0.25,
};

type Of = {
  /** Whether each pair was either kept or not. */
  readonly isRate: boolean;
  readonly access: Access;
  readonly beside?: Readonly<Record<string, number | null>>;
};

/** Points by delay with a curve through them; for who may not see what few stand behind, through nothing else. */
export const retentionCell = (
  rows: PairRows,
  { bins, minPersons, at, tolerance, fit }: Required<CurveParams>,
  { isRate, access, beside }: Of,
): CurveCell => {
  const { place, points: all, isCoarse } = retentionPoints(rows, bins, isRate);
  const fewest = fewestFor(access, minPersons);
  const isTold = (one: CurvePoint): boolean => one.persons >= fewest && !Number.isNaN(one.value);
  const points = all.filter(isTold);
  const fitted = access.small ? rows : only(rows, (_, at) => isTold(all[place[at] as number] as CurvePoint));
  const near = around(rows, at, tolerance);
  const share = shareOf(near.kept, near.of, near.person, isRate);
  const persons = personsIn(rows);
  const hidden = all.length - points.length;
  return {
    value: share.persons >= fewest ? share.value : null,
    n: rows.delay.length,
    persons,
    points,
    ...(fit === null ? { fit: null } : retentionFit(fitted, points, personsIn(fitted), fit)),
    references: [SEVENTY_FIVE],
    ...few(rows.delay.length),
    ...excluding({ ...rows.excluded }),
    beside: { atStart: startOf(points), hiddenPoints: hidden, ...beside },
    ...(isCoarse ? { warnings: ['There are too many different delays to tell each; they are binned.'] } : {}),
  };
};

const personsIn = ({ person }: PairRows): number => countAll(person);

/** What is left within the first hour. */
const startOf = (points: readonly CurvePoint[]): number | null =>
  points.find(({ from, to }) => from === 0 && to === 1 / 24)?.value ?? null;
