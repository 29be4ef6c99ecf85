import { applicationBreadth } from './catalogue/application-breadth.ts';
import { applicationMaintenance } from './catalogue/application-maintenance.ts';
import { applicationNetRate } from './catalogue/application-net-rate.ts';
import { applicationRate } from './catalogue/application-rate.ts';
import { applicationTime } from './catalogue/application-time.ts';
import { assessmentAttemptsToPass } from './catalogue/assessment-attempts-to-pass.ts';
import { assessmentFirstTimePass } from './catalogue/assessment-first-time-pass.ts';
import { assessmentItems } from './catalogue/assessment-items.ts';
import { assessmentPassRate } from './catalogue/assessment-pass-rate.ts';
import { assessmentSatRate } from './catalogue/assessment-sat-rate.ts';
import { assessmentScore } from './catalogue/assessment-score.ts';
import { assessmentThresholdRate } from './catalogue/assessment-threshold-rate.ts';
import { attendanceNoShow } from './catalogue/attendance-no-show.ts';
import { attendanceRate } from './catalogue/attendance-rate.ts';
import { competencyTime } from './catalogue/competency-time.ts';
import { competencyTimeInRole } from './catalogue/competency-time-in-role.ts';
import { completionIncidence } from './catalogue/completion-incidence.ts';
import { completionOnTime } from './catalogue/completion-on-time.ts';
import { completionRate } from './catalogue/completion-rate.ts';
import { complianceCurrency } from './catalogue/compliance-currency.ts';
import { complianceStates } from './catalogue/compliance-states.ts';
import { enrolmentSurvival } from './catalogue/enrolment-survival.ts';
import { enrolmentsCount } from './catalogue/enrolments-count.ts';
import { enrolmentsRepeated } from './catalogue/enrolments-repeated.ts';
import { eventsCount } from './catalogue/events-count.ts';
import { learnersActive } from './catalogue/learners-active.ts';
import { learnersCount } from './catalogue/learners-count.ts';
import { learnersStickiness } from './catalogue/learners-stickiness.ts';
import { learningGain } from './catalogue/learning-gain.ts';
import { listDueSoon } from './catalogue/list-due-soon.ts';
import { listExpiring } from './catalogue/list-expiring.ts';
import { listOverdue } from './catalogue/list-overdue.ts';
import { listTranscript } from './catalogue/list-transcript.ts';
import { qualityIssues } from './catalogue/quality-issues.ts';
import { qualityLateness } from './catalogue/quality-lateness.ts';
import { qualityUnmappedVerbs } from './catalogue/quality-unmapped-verbs.ts';
import { qualityVoids } from './catalogue/quality-voids.ts';
import { retentionCurve } from './catalogue/retention-curve.ts';
import { retentionForgettingIndex } from './catalogue/retention-forgetting-index.ts';
import { retentionRateAt } from './catalogue/retention-rate-at.ts';
import { retentionRatioAt } from './catalogue/retention-ratio-at.ts';
import { retentionSavings } from './catalogue/retention-savings.ts';
import { skillCoverage } from './catalogue/skill-coverage.ts';
import { skillGap } from './catalogue/skill-gap.ts';
import { startRate } from './catalogue/start-rate.ts';
import { submissionsCount } from './catalogue/submissions-count.ts';
import { submissionsLate } from './catalogue/submissions-late.ts';
import { successRate } from './catalogue/success-rate.ts';
import { timePerPerson } from './catalogue/time-per-person.ts';
import { timeSpent } from './catalogue/time-spent.ts';
import type { AnyMetric } from './metric.ts';

/** Every metric, in the order in which the catalogue is told. */
const METRICS: readonly AnyMetric[] = [
  enrolmentsCount,
  completionRate,
  successRate,
  learnersCount,
  enrolmentsRepeated,
  startRate,
  assessmentScore,
  assessmentThresholdRate,
  assessmentPassRate,
  assessmentFirstTimePass,
  assessmentAttemptsToPass,
  assessmentItems,
  assessmentSatRate,
  learningGain,
  submissionsCount,
  submissionsLate,
  timeSpent,
  timePerPerson,
  learnersActive,
  learnersStickiness,
  attendanceRate,
  attendanceNoShow,
  eventsCount,
  qualityIssues,
  qualityUnmappedVerbs,
  qualityLateness,
  qualityVoids,
  completionIncidence,
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
  completionOnTime,
  complianceCurrency,
  complianceStates,
  listOverdue,
  listDueSoon,
  listExpiring,
  listTranscript,
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
