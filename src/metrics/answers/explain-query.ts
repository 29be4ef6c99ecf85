import { CATALOGUE } from '../catalogue.ts';
import { personsOf } from '../cells.ts';
import type { Answering } from '../desk.ts';
import type { Access } from '../metrics.ts';
import { measure } from '../query/answer-rows.ts';
import { asTold, fewestFor } from '../query/as-told.ts';
import { queryHash } from '../query/canonical-query.ts';
import { checkNames } from '../query/check-names.ts';
import { countOf } from '../query/group-rows.ts';
import { openGrain } from '../query/open-grain.ts';
import type { MetricRequest } from '../query/query.ts';
import { readQuery } from '../query/read-query.ts';
import { refusePersons } from '../query/refuse-persons.ts';
import { selectRows } from '../query/select-rows.ts';
import type { Cell, Meta } from '../views.ts';
import { lookingAt, metaOf } from './looking-at.ts';

/** How a number comes about. */
export type Explained = {
  readonly metrics: readonly {
    readonly name: string;
    readonly definition: string;
    readonly formula: string;
    readonly params: object;
    readonly grain: string;
    /** Rows of the grain that were looked at, and those that filters and times have left. */
    readonly rows: { readonly lookedAt: number; readonly selected: number | null };
    readonly groups: number | null;
    /** Over everything; `excluded` in it says how many of those selected were left out, and why. */
    readonly totals: Cell;
  }[];
  readonly meta: Meta;
};

/**
 * Says of a question which rows its figures are made of, and which were left out.
 *
 * @throws Rejection as {@link readQuery}, and `forbidden` for persons to who may not know them.
 */
export const explainQuery = (asked: unknown, access: Access, at: Answering): Explained => {
  const began = performance.now();
  const query = readQuery(asked, CATALOGUE);
  refusePersons(query, access);
  const looking = lookingAt(query, access, at);
  const { scope } = looking;
  checkNames(query, ({ grain }) => openGrain(grain, scope));
  const explained = (request: MetricRequest) => {
    const { metric, params, as } = request;
    const { grain, rows, groups } = selectRows(query, metric.grain, scope);
    const told = asTold(measure(request, scope, grain, rows), access);
    return {
      name: as,
      definition: `${metric.id}@${metric.version}`,
      formula: metric.formula,
      params,
      grain: metric.grain.name,
      ...sizes(
        personsOf(grain, rows) >= fewestFor(access) && told.suppressed !== true,
        grain.size,
        rows.length,
        countOf(groups),
      ),
      totals: told,
    };
  };
  return { metrics: query.metrics.map(explained), meta: metaOf(query, queryHash(query), looking, at, began) };
};

/** What is not to be told of few people is not to be told by how many rows they have. */
const sizes = (isTold: boolean, lookedAt: number, selected: number, groups: number) => ({
  rows: { lookedAt, selected: isTold ? selected : null },
  groups: isTold ? groups : null,
});
