import type { Visit } from './visit.ts';

/** What was asked for in one way: how often, with which classes of status, and how long it took. */
export type Tally = {
  readonly method: string;
  readonly route: string;
  /** By the first digit of the status. */
  readonly statuses: number[];
  /** How many took no longer than each bound and longer than the one before; those beyond all bounds come last. */
  readonly buckets: number[];
  /** Of all durations. */
  seconds: number;
};

/** Counts visits. Each request pays for it, so it is nothing but a few additions; who asks adds up the rest. */
export type RequestTallies = {
  count(visit: Visit): void;
  all(): Iterable<Tally>;
  /** In bytes, of bodies. */
  readonly bytes: { in: number; out: number };
  /** By reason. */
  readonly refusals: ReadonlyMap<string, number>;
};

const METHODS: ReadonlySet<string> = new Set(['GET', 'PUT', 'POST', 'DELETE', 'HEAD', 'OPTIONS']);

/** `bounds` are in seconds, ascending. */
export const requestTallies = (bounds: readonly number[]): RequestTallies => {
  const routes = new Map<string, Map<string, Tally>>();
  const bytes = { in: 0, out: 0 };
  const refusals = new Map<string, number>();

  const begin = (route: string, sent: string): Tally => {
    const method = METHODS.has(sent) ? sent : 'other';
    const methods = routes.get(route) ?? new Map<string, Tally>();
    const zeros = (length: number): number[] => Array<number>(length).fill(0);
    const tally = methods.get(method) ?? {
      method,
      route,
      statuses: zeros(6),
      buckets: zeros(bounds.length + 1),
      seconds: 0,
    };
    routes.set(route, methods.set(method, tally));
    return tally;
  };

  return {
    count: ({ route, method, status, milliseconds, bytesIn, bytesOut, reason }) => {
      const tally = routes.get(route)?.get(method) ?? begin(route, method);
      const seconds = milliseconds / 1000;
      let bucket = 0;
      while (bucket < bounds.length && seconds > (bounds[bucket] as number)) bucket += 1;
      (tally.buckets[bucket] as number) += 1;
      (tally.statuses[Math.trunc(status / 100)] as number) += 1;
      tally.seconds += seconds;
      bytes.in += bytesIn;
      bytes.out += bytesOut;
      if (reason !== '') refusals.set(reason, (refusals.get(reason) ?? 0) + 1);
    },
    all: function* all() {
      for (const methods of routes.values()) yield* methods.values();
    },
    bytes,
    refusals,
  };
};
