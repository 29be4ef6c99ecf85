import type { Members } from '../xapi/json-reader.ts';
import { type Problem, reject } from '../xapi/rejection.ts';
import { CATALOGUE } from './catalogue.ts';
import type { Grain } from './grains/grain.ts';
import type { AnyMetric } from './metric.ts';
import { unknownName } from './query/read-query.ts';

/** @throws Rejection `not-found`, with what was probably meant. */
export const metricOfId = (id: string): AnyMetric => {
  const found = CATALOGUE.find(id);
  if (found === undefined) throw reject('not-found', '', unknownName('metric', id, CATALOGUE.ids));
  return found;
};

/** A metric as its catalogue tells it. */
export const describeMetric = ({
  id,
  version,
  label,
  description,
  formula,
  numerator,
  denominator,
  interval,
  kind,
  unit,
  minN,
  grain,
  dimensions,
  params,
  paramsInWords,
  defaults,
}: AnyMetric) => ({
  id,
  version,
  label,
  description,
  formula,
  numerator: numerator ?? null,
  denominator: denominator ?? null,
  interval: interval ?? null,
  kind,
  unit,
  minN,
  grain: { name: grain.name, description: grain.description },
  dimensions: dimensions ?? Object.keys(grain.dimensions),
  moments: grain.moments,
  params: describeParams(params as Members<object>, paramsInWords, defaults),
});

/** Every dimension by its name, and the grains that have it. */
export const describeDimensions = () => {
  const grains = new Set<Grain>(CATALOGUE.all.map(({ grain }) => grain));
  const found = new Map<string, { name: string; description: string; grains: string[] }>();
  for (const { name: grain, dimensions } of grains) {
    for (const [name, description] of Object.entries(dimensions)) {
      const one = found.get(name) ?? { name, description, grains: [] };
      one.grains.push(grain);
      found.set(name, one);
    }
  }
  return [...found.values()];
};

const describeParams = (members: Members<object>, words: object, defaults: object) =>
  Object.entries(members as Readonly<Record<string, Member>>).map(([name, { read, isNeeded }]) => ({
    name,
    type: typeOf(read),
    required: isNeeded,
    description: (words as Readonly<Record<string, string>>)[name] ?? '',
    default: isNeeded ? null : ((defaults as Readonly<Record<string, unknown>>)[name] ?? null),
  }));

type Member = {
  readonly read: (value: unknown, at: string, problems: Problem[]) => unknown;
  readonly isNeeded: boolean;
};

/** What a reader says that it expects, when it is given what nobody could want. */
const typeOf = (read: Member['read']): string => {
  const problems: Problem[] = [];
  read(Symbol('nothing'), '', problems);
  const [{ message = '' } = {}] = problems;
  return message.replace(/^Expected /, '').replace(/\.$/, '');
};
