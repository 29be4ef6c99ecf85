/**
 * What metrics answer, as JSON: the shapes of cells. Rates are between 0 and 1. Intervals are at 95 %. A value is null
 * when it cannot be told: nothing to divide by, not reached, or too few people for who asks.
 */
export type Interval = {
  readonly lo: number;
  readonly hi: number;
  readonly level: 0.95;
  readonly method: string;
};

/** What every cell says besides its value. */
export type Evidence = {
  /** Distinct persons behind the value. */
  readonly persons: number;
  /** Fewer than 30 rows stand behind it. */
  readonly lowN?: true;
  /** Fewer than five persons stand behind it, and who asks may not see that. */
  readonly suppressed?: true;
  /** Rows that were left out, by reason. */
  readonly excluded?: Readonly<Record<string, number>>;
  readonly warnings?: readonly string[];
  /** What it is to reach, where somebody has said so. */
  readonly target?: number;
};

export type CountCell = Evidence & { readonly value: number | null };
export type RateCell = Evidence & {
  readonly value: number | null;
  readonly num: number | null;
  readonly den: number | null;
  readonly ci: Interval | null;
};
export type MeanCell = Evidence & {
  readonly value: number | null;
  readonly n: number | null;
  readonly ci: Interval | null;
};
export type DistributionCell = MeanCell & {
  readonly sd: number | null;
  readonly min: number | null;
  readonly p5: number | null;
  readonly q1: number | null;
  readonly median: number | null;
  readonly q3: number | null;
  readonly p95: number | null;
  readonly max: number | null;
  readonly histogram: { readonly edges: readonly number[]; readonly counts: readonly number[] } | null;
};
/** A step function over days. `survival` starts at the first time; before that it is 1, and an incidence 0. */
export type SurvivalCell = Evidence & {
  /** The median, in days; null when it is not reached. */
  readonly value: number | null;
  readonly ci: Interval | null;
  readonly n: number | null;
  readonly events: number | null;
  readonly competing: number | null;
  readonly censored: number | null;
  readonly unit: 'days';
  readonly time: readonly number[];
  readonly survival: readonly number[];
  readonly lo: readonly number[];
  readonly hi: readonly number[];
  readonly atRisk: readonly number[];
  /** The cumulative incidence of the event, where something else can forestall it. */
  readonly incidence?: {
    readonly value: readonly number[];
    readonly lo: readonly number[];
    readonly hi: readonly number[];
    readonly median: number | null;
  };
  readonly at?: readonly { readonly day: number; readonly value: number; readonly ci: Interval | null }[];
  readonly restrictedMean?: {
    readonly horizon: number;
    readonly value: number;
    readonly ci: Interval | null;
  };
};
/** Points with a curve through them. */
export type CurveCell = Evidence & {
  readonly value: number | null;
  readonly n: number | null;
  readonly points: readonly {
    readonly from: number;
    readonly to: number;
    readonly at: number;
    readonly value: number;
    readonly n: number;
    readonly persons: number;
    readonly ci: Interval | null;
  }[];
  readonly fit: CurveFit | null;
  /** Why there is no fit. */
  readonly unfitted?: string;
};
export type CurveFit = {
  readonly model: string;
  readonly unit: 'days' | 'seconds';
  readonly loss: string;
  readonly parameters: Readonly<Record<string, number>>;
  readonly aic?: number;
  /** That of a constant: what the curve has to beat. */
  readonly baselineAic?: number;
  readonly halfLife?: number | null;
  /** Beyond this it is a guess. */
  readonly reachesTo: number;
};
/** Rows with names, for who may see them. */
export type ListCell = Evidence & {
  readonly value: number | null;
  readonly items: readonly Readonly<Record<string, unknown>>[];
};

/** The kinds of metrics, and what a cell of each looks like. */
export type Views = {
  readonly count: CountCell;
  readonly rate: RateCell;
  readonly mean: MeanCell;
  readonly distribution: DistributionCell;
  readonly survival: SurvivalCell;
  readonly curve: CurveCell;
  readonly list: ListCell;
};

export type MetricKind = keyof Views;
export type Cell = Views[MetricKind];

/** A value of a dimension: an activity or a person has an id and, where one is known, a name. */
export type DimensionValue =
  | string
  | number
  | boolean
  | null
  | { readonly id: string; readonly name?: string };

export type Column = {
  readonly name: string;
  readonly type: 'dimension' | 'time' | MetricKind;
  readonly label: string;
  readonly unit?: string;
  /** The metric's id and version. */
  readonly definition?: string;
  readonly params?: Readonly<Record<string, unknown>>;
};

export type Answer = {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly (DimensionValue | Cell)[])[];
  readonly totals?: readonly (Cell | null)[];
  readonly comparison?: readonly (readonly unknown[])[];
  readonly page: { readonly next: string | null; readonly limit: number };
  readonly meta: Meta;
};

export type Meta = {
  readonly asOf: string;
  readonly knownAt?: string;
  /** Every entry up to this position has been taken in. */
  readonly seq: number;
  readonly consistentThrough: string | null;
  /** Up to when everything that has happened is likely to be here. */
  readonly completeThrough: string | null;
  readonly exact: boolean;
  readonly timezone: string;
  readonly queryHash: string;
  readonly warnings: readonly string[];
  readonly elapsedMs: number;
};
