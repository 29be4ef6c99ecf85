import { completionOnTime } from './catalogue/completion-on-time.ts';
import { completionRate } from './catalogue/completion-rate.ts';
import { complianceCurrency } from './catalogue/compliance-currency.ts';
import { complianceStates } from './catalogue/compliance-states.ts';
import { enrolmentsCount } from './catalogue/enrolments-count.ts';
import { listDueSoon } from './catalogue/list-due-soon.ts';
import { listExpiring } from './catalogue/list-expiring.ts';
import { listOverdue } from './catalogue/list-overdue.ts';
import { listTranscript } from './catalogue/list-transcript.ts';
import { successRate } from './catalogue/success-rate.ts';
import type { AnyMetric } from './metric.ts';

/** Every metric, in the order in which the catalogue is told. */
const METRICS: readonly AnyMetric[] = [
  enrolmentsCount,
  completionRate,
  successRate,
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
