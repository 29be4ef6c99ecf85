import { createRandom, pick } from '../bench/random.mjs';

const GRAINS = ['day', 'week', 'month', 'quarter', 'year'];
/** How many dimensions a question has: most have none or one. */
const WIDTHS = [0, 0, 1, 1, 1, 2];
/** The corpus begins here, and ends with its length. */
const FROM = Date.UTC(2025, 0, 6);
const DAY = 86_400_000;

/**
 * Distinct random questions over every metric in turn, grouped and not, with and without filters, times and moments.
 * @param {object} catalogue answers of the API
 * @param {readonly object[]} catalogue.metrics
 * @param {ReadonlyMap<string, readonly unknown[]>} catalogue.values of dimensions
 * @param {number} seed
 * @param {number} days how long the corpus lasts
 */
export const createQuestions = ({ metrics, values }, seed, days) => {
  const random = createRandom(seed);
  const seen = new Set();
  let next = 0;
  const day = () => new Date(FROM + Math.floor(random() * days) * DAY).toISOString().slice(0, 10);
  const range = () => {
    const [a, b] = [day(), day()].sort();
    return a === b ? undefined : [a, b];
  };
  const timeOf = () => ({
    ...(random() < 0.4 ? { grain: pick(random, GRAINS) } : {}),
    ...(random() < 0.3 ? { range: range() } : {}),
    ...(random() < 0.2 ? { timezone: 'Europe/Berlin' } : {}),
  });
  const filterOf = (metric) => {
    const known = metric.dimensions.filter((name) => (values.get(name) ?? []).length > 0);
    if (known.length === 0 || random() > 0.4) return undefined;
    const dim = pick(random, known);
    const value = pick(random, values.get(dim));
    const plain = typeof value === 'object' && value !== null ? value.id : value;
    return plain === null ? { dim, op: 'known' } : { dim, op: 'in', values: [plain] };
  };
  const dimensionsOf = (metric) => {
    const chosen = new Set();
    for (let width = pick(random, WIDTHS); width > 0; width -= 1) chosen.add(pick(random, metric.dimensions));
    return [...chosen];
  };
  /** What has to be given is a person, in the transcript. */
  const paramsOf = ({ params }) => {
    const needed = params.filter(({ required }) => required).map(({ name }) => name);
    return Object.fromEntries(needed.map((name) => [name, pick(random, values.get(name)).id]));
  };
  const make = (metric) => {
    const filters = filterOf(metric);
    return {
      metrics: [{ id: metric.id, params: paramsOf(metric) }],
      dimensions: metric.dimensions.length === 0 ? [] : dimensionsOf(metric),
      time: timeOf(),
      ...(filters === undefined ? {} : { filters }),
      ...(random() < 0.2 ? { asOf: day() } : {}),
    };
  };
  return () => {
    for (;;) {
      const metric = metrics[next % metrics.length];
      const question = make(metric);
      const text = JSON.stringify(question);
      // A metric may have no more questions that are new.
      next += 1;
      if (!seen.has(text)) {
        seen.add(text);
        return { id: metric.id, text };
      }
    }
  };
};
