import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../house/source-files.ts';

/** Real data and the figures that others have found in them; they lie beside the project, if anywhere. */
export const DATA = join(ROOT, '../shared/data');
const FILE = join(DATA, 'golden.json');

type Reached = readonly [
  n: number,
  events: number,
  competing: number,
  censored: number,
  naive: number,
  km: number | null,
  cif: number | null,
  at: Readonly<Record<string, readonly [number, number]>>,
];

/** What the tests here read of `golden.json`. */
type Golden = {
  readonly wilson95: { readonly cases: readonly (readonly [number, number, number, number])[] };
  readonly newcombe_diff95: {
    readonly a: readonly [number, number];
    readonly b: readonly [number, number];
    readonly diff: number;
    readonly lo: number;
    readonly hi: number;
  };
  readonly kaplan_meier_6mp: {
    readonly events: readonly number[];
    readonly censored: readonly number[];
    readonly S: Readonly<Record<string, readonly [number, number, number, number]>>;
  };
  readonly oulad: {
    readonly rows: number;
    readonly unique_learners: number;
    readonly quirks: { readonly re_enrolled_learner_x_module: number };
    readonly assessments: {
      readonly mean_score: number;
      readonly median: number;
      readonly q1: number;
      readonly q3: number;
      readonly submissions: number;
      readonly scored: number;
      readonly null_score: number;
      readonly banked: number;
      readonly share_ge_40: number;
      readonly by_type: Readonly<Record<string, readonly [n: number, mean: number]>>;
      readonly late_share_nonbanked_with_due_date: readonly [late: number, of: number, share: number];
    };
    readonly km_stay_enrolled: {
      readonly n: number;
      readonly events: number;
      readonly S: Readonly<Record<string, number>>;
    };
    readonly time_to_first_score_ge_80: { readonly 'AAA-2013J': Reached; readonly 'BBB-2014J': Reached };
  };
  readonly mooc_video: {
    readonly statements: number;
    readonly actors: number;
    readonly verbs: Readonly<Record<string, number>>;
    readonly completed: { readonly statements: number; readonly actors: number };
    readonly statements_per_day: Readonly<Record<string, number>>;
  };
  readonly ebbinghaus: {
    readonly interval_s: readonly number[];
    readonly savings: Readonly<Record<string, readonly number[]>>;
    readonly power_fit_seconds_mu_a_ssd_published: Readonly<
      Record<string, readonly [number, number, number]>
    >;
  };
  readonly fsrs_curve: {
    readonly 'decay_0.1542': { readonly FACTOR: number; readonly R: readonly number[] };
  };
  readonly carpenter2008: {
    readonly delay_days: readonly number[];
    readonly recall: readonly number[];
    readonly power_a_b_c: readonly [number, number, number];
    readonly ssd: number;
  };
};

export const golden = (): Golden => JSON.parse(readFileSync(FILE, 'utf8')) as Golden;

/** `describe`, if the data are there. */
export const withGolden = existsSync(FILE) ? describe : describe.skip;
