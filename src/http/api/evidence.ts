import { nameOf as credentialOf } from '../../credentials/principal.ts';
import type { EvidenceAnswer } from '../../metrics/evidence-answer.ts';
import type { DimensionValue } from '../../metrics/views.ts';
import { activityNames, withName } from '../name-activities.ts';
import { json } from '../reply.ts';
import type { Services } from '../services.ts';
import type { ApiHandler } from './api-exchange.ts';
import { accessOf, askOf, languagesOf } from './query.ts';
import { readJsonBody } from './record-people.ts';

/** `POST evidence`: who and what stands behind one cell of an answer. Each time it is told, the log says to whom. */
export const postEvidence =
  (services: Services): ApiHandler =>
  async (exchange) => {
    const selector = readJsonBody(exchange);
    const { principal } = exchange;
    const { query } = (selector ?? {}) as { readonly query?: unknown };
    const question = { kind: 'evidence', selector, access: accessOf(principal) } as const;
    const answer = await askOf<EvidenceAnswer>(services, question, query);
    const { definition, meta, rows } = answer;
    services.log.evidenceShown({
      credential: credentialOf(principal),
      definition,
      queryHash: meta.queryHash,
      seq: meta.seq,
      rows: rows.length,
      persons: new Set(rows.map(({ person }) => person?.id)).size,
    });
    const nameOf = activityNames(services.statements, languagesOf(exchange));
    const named = async (values: Readonly<Record<string, DimensionValue>>) =>
      Object.fromEntries(
        await Promise.all(
          Object.entries(values).map(async ([name, value]) => [name, await withName(value, nameOf)] as const),
        ),
      );
    return json({
      ...answer,
      rows: await Promise.all(rows.map(async (row) => ({ ...row, values: await named(row.values) }))),
    });
  };
