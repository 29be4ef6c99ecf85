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
  /** Further figures, by the names that the metric's description gives them. */
  readonly beside?: Readonly<Record<string, number | null>>;
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
/** How much the same people have changed: `value` is the mean of after − before. */
export type GainCell = MeanCell & {
  readonly before: number | null;
  readonly after: number | null;
  /** Hake's: the share of what could be gained. */
  readonly normalisedGain: number | null;
  /** In standard deviations of the differences. */
  readonly cohensD: number | null;
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
/** Where one of its ends is not reached it is null. */
export type OpenInterval = {
  readonly lo: number | null;
  readonly hi: number | null;
  readonly level: 0.95;
  readonly method: string;
};
/**
 * A step function over days, or over attempts: the share that has not had the event. `survival` starts at the first time; before that it
 * is 1, and an incidence 0. A band is null where nobody is left to tell it by. At most 400 times are told.
 */
export type SurvivalCell = Evidence & {
  /** The median, in the unit; null when it is not reached. Where something can forestall the event, that of the incidence. */
  readonly value: number | null;
  readonly ci: OpenInterval | null;
  readonly n: number | null;
  readonly events: number | null;
  readonly competing: number | null;
  readonly censored: number | null;
  readonly unit: 'days' | 'attempts';
  readonly time: readonly number[];
  readonly survival: readonly number[];
  readonly lo: readonly (number | null)[];
  readonly hi: readonly (number | null)[];
  readonly atRisk: readonly number[];
  /** The cumulative incidence of the event, where something else can forestall it. */
  readonly incidence?: {
    readonly value: readonly number[];
    readonly lo: readonly (number | null)[];
    readonly hi: readonly (number | null)[];
    readonly median: number | null;
  };
  /** That of the survival, which takes what forestalls the event for censoring and comes too soon. */
  readonly survivalMedian?: number | null;
  /** On the days that were asked for, exactly; null after the last observation. */
  readonly at?: readonly {
    readonly day: number;
    readonly value: number | null;
    readonly ci: Interval | null;
    readonly incidence?: { readonly value: number | null; readonly ci: Interval | null };
  }[];
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
  /** `from`, `to` and `at` in days; `at` is the mean of the rows. */
  readonly points: readonly CurvePoint[];
  readonly fit: CurveFit | null;
  /** Why there is no fit. */
  readonly unfitted?: string;
  /** What others claim, to be drawn beside it. */
  readonly references?: readonly Reference[];
};
export type CurvePoint = {
  readonly from: number;
  /** Null without end. */
  readonly to: number | null;
  readonly at: number;
  readonly value: number;
  readonly n: number;
  readonly persons: number;
  readonly ci: Interval | null;
};
export type Reference = { readonly label: string; readonly at: number; readonly value: number };
export type CurveFit = {
  readonly model: string;
  readonly unit: 'days' | 'seconds';
  readonly loss: string;
  readonly parameters: Readonly<Record<string, number>>;
  /** Parameters that ended at a bound, or that the data do not determine. */
  readonly doubtful?: readonly string[];
  readonly aic?: number;
  /** That of a constant: what the curve has to beat. */
  readonly baselineAic?: number;
  /** Sums of squared deviations, of the curve and of a constant. */
  readonly ssd: number;
  readonly baselineSsd: number;
  /** In the fit's unit. */
  readonly halfLife?: number | null;
  /** Beyond this it is a guess; in days. */
  readonly reachesTo: number;
  /** The curve, with a band clustered by person where one can be told; `at` in days. */
  readonly line: readonly { readonly at: number; readonly value: number; readonly ci: Interval | null }[];
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
  readonly mean: MeanCell | GainCell;
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
  /** For each row and metric, what it is compared with. */
  readonly comparison?: readonly (readonly Compared[])[];
  readonly totalsComparison?: readonly Compared[];
  readonly page: Page;
  readonly meta: Meta;
};

/** `total` is how many there are on all pages; `next` is sent as `page.cursor` with the same question. */
export type Page = { readonly next: string | null; readonly limit: number; readonly total: number };

/** What a cell is compared with. `delta` is the cell's own value less this one. */
export type Compared = {
  readonly value: number | null;
  readonly num: number | null;
  readonly den: number | null;
  readonly delta: number | null;
  readonly ci: Interval | null;
  /** Both have a value, and no row of either waits for its window to pass. */
  readonly comparable: boolean;
  /** Why there is no delta or no interval. */
  readonly reason?: string;
};

/** Up to when everything that has happened is likely to be here, and who holds that back by more than a day. */
export type CompleteThrough = { readonly min: string | null; readonly laggards: readonly string[] };

export type Meta = {
  readonly asOf: string;
  readonly knownAt?: string;
  /** Every entry up to this position has been taken in. */
  readonly seq: number;
  /** How many entries there are that have not been. */
  readonly behind: number;
  /** By which table of signals statements were read: the built-in version, with a hash of what the installation put before it. */
  readonly signals: string;
  /** Everything that was stored up to then is in it. */
  readonly consistentThrough: string | null;
  readonly completeThrough: CompleteThrough;
  readonly exact: boolean;
  readonly timezone: string;
  /** The same for the same question to the same versions of metrics. */
  readonly queryHash: string;
  readonly definitions: readonly string[];
  readonly warnings: readonly string[];
  readonly elapsedMs: number;
};
