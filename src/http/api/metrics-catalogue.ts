import { CATALOGUE } from '../../metrics/catalogue.ts';
import { describeDimensions, describeMetric, metricOfId } from '../../metrics/describe-catalogue.ts';
import { isOfPersons } from '../../metrics/is-of-persons.ts';
import type { DimensionValue } from '../../metrics/views.ts';
import { activityNames, withName } from '../name-activities.ts';
import { readCount } from '../parameters.ts';
import { json } from '../reply.ts';
import type { Services } from '../services.ts';
import type { ApiHandler } from './api-exchange.ts';
import { logPersons, personsOf } from './log-persons.ts';
import { accessOf, askOf, languagesOf } from './query.ts';

/** How many values are listed. */
const USUAL = 100;
const MOST = 1000;

type Found = { readonly values: readonly DimensionValue[]; readonly meta: { readonly seq: number } };

/** `GET metrics`: every metric and its definition. */
export const listMetrics: ApiHandler = async () => json({ metrics: CATALOGUE.all.map(describeMetric) });

/** `GET metrics/{id}`. */
export const getMetric: ApiHandler = async ({ argument }) => json(describeMetric(metricOfId(argument)));

/** `GET dimensions`: what figures can be grouped and filtered by, and in which grains. */
export const listDimensions: ApiHandler = async () => json({ dimensions: describeDimensions() });

/** `GET dimensions/{name}/values`: what a dimension says of the rows that there are, most frequent first. */
export const listDimensionValues =
  (services: Services): ApiHandler =>
  async (exchange) => {
    const { argument: dimension, parameters, principal } = exchange;
    const limit = Math.min(readCount(parameters, 'limit') || USUAL, MOST);
    const search = parameters.get('q') ?? '';
    const access = accessOf(principal);
    const question = { kind: 'dimension-values', dimension, search, limit, access } as const;
    const found = await askOf<Found>(services, question);
    const shown = { definition: `dimension ${dimension}`, seq: found.meta.seq };
    if (isOfPersons(dimension)) logPersons(services, principal, shown, personsOf(found.values));
    const nameOf = activityNames(services.statements, languagesOf(exchange));
    return json({
      ...found,
      values: await Promise.all(found.values.map((value) => withName(value, nameOf))),
    });
  };

/** `GET freshness`: how far metrics have come, and up to when what happened is likely to be here. */
export const getFreshness =
  (services: Services): ApiHandler =>
  async ({ principal }) =>
    json(await askOf<object>(services, { kind: 'freshness', access: accessOf(principal) }));
