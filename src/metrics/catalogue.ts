import { competencyTime } from './catalogue/competency-time.ts';
import { completionIncidence } from './catalogue/completion-incidence.ts';
import { completionRate } from './catalogue/completion-rate.ts';
import { enrolmentSurvival } from './catalogue/enrolment-survival.ts';
import { enrolmentsCount } from './catalogue/enrolments-count.ts';
import { retentionCurve } from './catalogue/retention-curve.ts';
import { retentionForgettingIndex } from './catalogue/retention-forgetting-index.ts';
import { retentionRateAt } from './catalogue/retention-rate-at.ts';
import { retentionRatioAt } from './catalogue/retention-ratio-at.ts';
import { retentionSavings } from './catalogue/retention-savings.ts';
import { successRate } from './catalogue/success-rate.ts';
import type { AnyMetric } from './metric.ts';

/** Every metric, in the order in which the catalogue is told. */
const METRICS: readonly AnyMetric[] = [
  enrolmentsCount,
  completionRate,
  completionIncidence,
  successRate,
  enrolmentSurvival,
  competencyTime,
  retentionCurve,
  retentionRateAt,
  retentionRatioAt,
  retentionForgettingIndex,
  retentionSavings,
];

export type Catalogue = {
  readonly all: readonly AnyMetric[];
  readonly ids: readonly string[];
  find(id: string): AnyMetric | undefined;
};

const byId = new Map(METRICS.map((metric) => [metric.id, metric]));

export const CATALOGUE: Catalogue = {
  all: METRICS,
  ids: METRICS.map(({ id }) => id),
  find: (id) => byId.get(id),
};
