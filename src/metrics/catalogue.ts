import { applicationBreadth } from './catalogue/application-breadth.ts';
import { applicationMaintenance } from './catalogue/application-maintenance.ts';
import { applicationNetRate } from './catalogue/application-net-rate.ts';
import { applicationRate } from './catalogue/application-rate.ts';
import { applicationTime } from './catalogue/application-time.ts';
import { competencyTime } from './catalogue/competency-time.ts';
import { competencyTimeInRole } from './catalogue/competency-time-in-role.ts';
import { completionIncidence } from './catalogue/completion-incidence.ts';
import { completionRate } from './catalogue/completion-rate.ts';
import { enrolmentSurvival } from './catalogue/enrolment-survival.ts';
import { enrolmentsCount } from './catalogue/enrolments-count.ts';
import { retentionCurve } from './catalogue/retention-curve.ts';
import { retentionForgettingIndex } from './catalogue/retention-forgetting-index.ts';
import { retentionRateAt } from './catalogue/retention-rate-at.ts';
import { retentionRatioAt } from './catalogue/retention-ratio-at.ts';
import { retentionSavings } from './catalogue/retention-savings.ts';
import { skillCoverage } from './catalogue/skill-coverage.ts';
import { skillGap } from './catalogue/skill-gap.ts';
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
  competencyTimeInRole,
  retentionCurve,
  retentionRateAt,
  retentionRatioAt,
  retentionForgettingIndex,
  retentionSavings,
  applicationRate,
  applicationNetRate,
  applicationTime,
  applicationMaintenance,
  applicationBreadth,
  skillCoverage,
  skillGap,
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
