import { type Problem, Rejection } from '../../xapi/rejection.ts';
import { isOfPersons } from '../is-of-persons.ts';
import type { Access } from '../metrics.ts';
import { dimensionsIn } from './match-filter.ts';
import type { Query } from './query.ts';

/** What who may not know persons is told that asks for them. */
export const NO_PERSONS = 'Who the persons are is told to keys with metrics/evidence.';

/**
 * Refuses questions about single persons to who may not know who they are: to group by them, to filter by them, or to
 * ask a metric about one.
 *
 * @throws Rejection `forbidden` naming every place.
 */
export const refusePersons = (query: Query, { names }: Access): void => {
  if (names) return;
  const asked = [
    ...query.dimensions.map((name, at) => ({ name, pointer: `/dimensions/${at}` })),
    ...(query.filter === undefined ? [] : dimensionsIn(query.filter, '/filters')),
    ...query.metrics.flatMap(({ params }, at) =>
      Object.keys(params).map((name) => ({ name, pointer: `/metrics/${at}/params/${name}` })),
    ),
  ];
  const problems = asked
    .filter(({ name }) => isOfPersons(name))
    .map(({ pointer }): Problem => ({ pointer, message: NO_PERSONS }));
  if (problems.length > 0) throw new Rejection('forbidden', problems);
};
