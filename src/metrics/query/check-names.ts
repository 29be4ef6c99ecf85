import { type Problem, Rejection } from '../../xapi/rejection.ts';
import type { Rows } from '../grains/grain.ts';
import type { AnyMetric } from '../metric.ts';
import { dimensionsIn } from './match-filter.ts';
import type { Query } from './query.ts';
import { unknownName } from './read-query.ts';

/**
 * Holds the names in a question against the grains of its metrics.
 *
 * @throws Rejection `body-invalid` naming every dimension and moment that one of them does not have.
 */
export const checkNames = (query: Query, open: (metric: AnyMetric) => Rows): void => {
  const asked: readonly Asked[] = [
    ...query.dimensions.map((name, at) => ({ name, pointer: `/dimensions/${at}`, groups: true })),
    ...(query.filter === undefined ? [] : dimensionsIn(query.filter, '/filters')),
  ];
  const problems = query.metrics.flatMap(({ metric }): readonly Problem[] => {
    const { dimensions, moments } = open(metric);
    const known = ['begin', ...Object.keys(moments)];
    const { by } = query.time;
    const message = unknownName(`moment of ${metric.id}`, by, known);
    return [
      ...asked.flatMap((one) => problemOf(one, metric, Object.keys(dimensions))),
      ...(known.includes(by) ? [] : [{ pointer: '/time/by', message }]),
    ];
  });
  if (problems.length > 0) throw new Rejection('body-invalid', problems);
};

type Asked = { readonly name: string; readonly pointer: string; readonly groups?: boolean };

const problemOf = (
  { name, pointer, groups = false }: Asked,
  { id, dimensions }: AnyMetric,
  known: readonly string[],
): readonly Problem[] => {
  if (!known.includes(name)) return [{ pointer, message: unknownName(`dimension of ${id}`, name, known) }];
  if (!groups || dimensions === undefined || dimensions.includes(name)) return [];
  return [{ pointer, message: `${id} is not grouped by ${name}.` }];
};
