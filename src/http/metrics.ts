import { Counter, collectDefaultMetrics, Histogram, type Metric, Registry } from 'prom-client';
import type { Commit } from '../statements/store-figures.ts';
import { type RequestTallies, requestTallies, type Tally } from './request-tallies.ts';
import { type Sampled, sampledMetrics } from './sampled-metrics.ts';
import type { Visit } from './visit.ts';

/** Counts what happens, for Prometheus. */
export type Metrics = {
  answered(visit: Visit): void;
  committed(commit: Commit): void;
  /** Everything in the text format of Prometheus; what is sampled is as `now` says. */
  text(now: Sampled): Promise<string>;
  readonly contentType: string;
};

/** In seconds: from a statement on an idle machine to a large import. */
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
const ENTRIES = [1, 2, 5, 10, 20, 50, 100, 1000, 10_000];

export const newMetrics = (): Metrics => {
  const registry = new Registry();
  const seen = requestMetrics(registry);
  const commits = commitMetrics(registry);
  const sample = sampledMetrics(registry);
  let isAsked = false;
  return {
    answered: seen,
    committed: commits,
    text: (now) => {
      // Those of the process watch it all the time, which nobody pays for who does not ask.
      if (!isAsked) collectDefaultMetrics({ register: registry });
      isAsked = true;
      sample(now);
      return registry.metrics();
    },
    contentType: registry.contentType,
  };
};

/** Of which all are told, even when there were none. */
const REASONS = ['unauthenticated', 'unavailable', 'fault'];

const requestMetrics = (registry: Registry): ((visit: Visit) => void) => {
  const registers = [registry];
  const tallies = requestTallies(SECONDS);
  new Counter({
    name: 'cairn_http_requests_total',
    help: 'Requests that were answered, by what was asked for and the class of the status.',
    labelNames: ['method', 'route', 'status'],
    registers,
    collect() {
      this.reset();
      for (const { method, route, statuses } of tallies.all()) {
        for (const [digit, count] of statuses.entries()) {
          if (count > 0) this.inc({ method, route, status: `${digit}xx` }, count);
        }
      }
    },
  });
  registry.registerMetric(secondsMetric(tallies));
  new Counter({
    name: 'cairn_http_body_bytes_total',
    help: 'Bytes of the bodies of requests (in) and answers (out).',
    labelNames: ['direction'],
    registers,
    collect() {
      this.reset();
      for (const [direction, count] of Object.entries(tallies.bytes)) this.inc({ direction }, count);
    },
  });
  new Counter({
    name: 'cairn_refusals_total',
    help: 'Requests that were refused, by reason: unauthenticated is a refused login, unavailable a 503.',
    labelNames: ['reason'],
    registers,
    collect() {
      this.reset();
      for (const reason of REASONS) this.inc({ reason }, 0);
      for (const [reason, count] of tallies.refusals) this.inc({ reason }, count);
    },
  });
  return tallies.count;
};

/** A histogram as the registry reads one; its own could only be told of one duration after the other. */
const secondsMetric = (tallies: RequestTallies): Metric => {
  const name = 'cairn_http_request_seconds';
  const help = 'From the headers of a request to its answer.';
  const valuesOf = ({ method, route, buckets, seconds }: Tally) => {
    let count = 0;
    const bounded = buckets.map((inBucket, at) => {
      count += inBucket;
      const labels = { le: SECONDS[at] ?? '+Inf', method, route };
      return { labels, value: count, metricName: `${name}_bucket` };
    });
    const labels = { method, route };
    return [
      ...bounded,
      { labels, value: seconds, metricName: `${name}_sum` },
      { labels, value: count, metricName: `${name}_count` },
    ];
  };
  const get = async () => ({
    name,
    help,
    type: 'histogram',
    aggregator: 'sum',
    values: [...tallies.all()].flatMap(valuesOf),
  });
  return { name, get } as unknown as Metric;
};

const commitMetrics = (registry: Registry): ((commit: Commit) => void) => {
  const registers = [registry];
  const seconds = new Histogram({
    name: 'cairn_commit_seconds',
    help: 'From the beginning of a commit until it was durable.',
    buckets: SECONDS,
    registers,
  });
  const sizes = new Histogram({
    name: 'cairn_commit_entries',
    help: 'Entries of a commit, of those that had any.',
    buckets: ENTRIES,
    registers,
  });
  const stored = new Counter({
    name: 'cairn_statements_stored_total',
    help: 'Statements stored since the start.',
    registers,
  });
  return ({ entries, statements, milliseconds }) => {
    seconds.observe(milliseconds / 1000);
    if (entries > 0) sizes.observe(entries);
    if (statements > 0) stored.inc(statements);
  };
};
