/**
 * How what was learnt fades with the time t since:
 * - `power-offset`: m (1 + t)^−a, the recommended one; t in the unit of the fit, so that m and a depend on it
 * - `power`: m t^−a, which has no value at t = 0
 * - `exponential`: m 2^(−t/h)
 * - `wickelgren`: m (1 + b t)^−c
 * - `fsrs`: (1 + F t/S)^−decay with F = 0.9^(−1/decay) − 1, so that it is 0.9 at t = S; decay is given, not fitted
 */
export type ModelName = 'power-offset' | 'power' | 'exponential' | 'wickelgren' | 'fsrs';

/** The decay of FSRS-4.5 and 5, and the one that FSRS-6 begins with. */
export const FSRS_DECAY = { fsrs5: 0.5, fsrs6: 0.1542 } as const;

/**
 * A model as the fit moves in it: by parameters of its own choice (θ), of which the first is m where there is one.
 */
export type RetentionModel = {
  readonly name: ModelName;
  /** What each parameter is called; `b` and `S` are moved by their logarithms, `h` by its inverse. */
  readonly parameters: readonly string[];
  readonly hasLevel: boolean;
  readonly lower: readonly number[];
  readonly upper: readonly number[];
  readonly value: (theta: readonly number[], t: number) => number;
  /** The derivatives of the value by θ; they are written to `into`. */
  readonly slopes: (theta: readonly number[], t: number, into: Float64Array) => void;
  /** When the value has fallen to r; not finite if it never does. */
  readonly whenAt: (theta: readonly number[], r: number) => number;
  /** θ without m from which fits begin, for delays around `scale`. */
  readonly starts: (scale: number) => readonly (readonly number[])[];
  readonly told: (theta: readonly number[]) => readonly number[];
};

const INFINITE = Number.POSITIVE_INFINITY;
const EXPONENTS = [0.01, 0.03, 0.07, 0.15, 0.3, 0.6, 1.2, 2.5];
const SCALES = [1e-4, 1e-3, 0.01, 0.1, 0.3, 1, 3, 10, 100];

const powerOf = (name: 'power-offset' | 'power', offset: number): RetentionModel => ({
  name,
  parameters: ['m', 'a'],
  hasLevel: true,
  lower: [0, 0],
  upper: [INFINITE, INFINITE],
  value: ([m = 0, a = 0], t) => m * (offset + t) ** -a,
  slopes: ([m = 0, a = 0], t, into) => {
    const shape = (offset + t) ** -a;
    into[0] = shape;
    into[1] = -m * shape * Math.log(offset + t);
  },
  whenAt: ([m = 0, a = 0], r) => (m / r) ** (1 / a) - offset,
  starts: () => EXPONENTS.map((a) => [a]),
  told: (theta) => theta,
});

const exponential: RetentionModel = {
  name: 'exponential',
  parameters: ['m', 'h'],
  hasLevel: true,
  lower: [0, 0],
  upper: [INFINITE, INFINITE],
  value: ([m = 0, rate = 0], t) => m * 2 ** (-t * rate),
  slopes: ([m = 0, rate = 0], t, into) => {
    const shape = 2 ** (-t * rate);
    into[0] = shape;
    into[1] = -m * shape * t * Math.LN2;
  },
  whenAt: ([m = 0, rate = 0], r) => Math.log2(m / r) / rate,
  starts: (scale) => SCALES.map((times) => [times / scale]),
  told: ([m = 0, rate = 0]) => [m, 1 / rate],
};

const wickelgren: RetentionModel = {
  name: 'wickelgren',
  parameters: ['m', 'b', 'c'],
  hasLevel: true,
  // b and m trade off, and b may run away: at 1e9 it is stopped, and said to be at its bound.
  lower: [0, Math.log(1e-9), 0],
  upper: [INFINITE, Math.log(1e9), 50],
  value: ([m = 0, b = 0, c = 0], t) => m * (1 + Math.exp(b) * t) ** -c,
  slopes: ([m = 0, b = 0, c = 0], t, into) => {
    const stretched = Math.exp(b) * t;
    const shape = (1 + stretched) ** -c;
    into[0] = shape;
    into[1] = (-m * c * shape * stretched) / (1 + stretched);
    into[2] = -m * shape * Math.log1p(stretched);
  },
  whenAt: ([m = 0, b = 0, c = 0], r) => ((m / r) ** (1 / c) - 1) / Math.exp(b),
  starts: (scale) => SCALES.flatMap((times) => EXPONENTS.map((c) => [Math.log(times / scale), c])),
  told: ([m = 0, b = 0, c = 0]) => [m, Math.exp(b), c],
};

const fsrs = (decay: number): RetentionModel => {
  const factor = 0.9 ** (-1 / decay) - 1;
  return {
    name: 'fsrs',
    parameters: ['S'],
    hasLevel: false,
    lower: [Math.log(1e-9)],
    upper: [Math.log(1e12)],
    value: ([s = 0], t) => (1 + factor * t * Math.exp(-s)) ** -decay,
    slopes: ([s = 0], t, into) => {
      const stretched = factor * t * Math.exp(-s);
      into[0] = (decay * stretched * (1 + stretched) ** -decay) / (1 + stretched);
    },
    whenAt: ([s = 0], r) => ((r ** (-1 / decay) - 1) / factor) * Math.exp(s),
    starts: (scale) => SCALES.map((times) => [Math.log(scale * times)]),
    told: ([s = 0]) => [Math.exp(s)],
  };
};

export const retentionModel = (name: ModelName, decay: number = FSRS_DECAY.fsrs6): RetentionModel => {
  switch (name) {
    case 'power-offset':
      return powerOf(name, 1);
    case 'power':
      return powerOf(name, 0);
    case 'exponential':
      return exponential;
    case 'wickelgren':
      return wickelgren;
    case 'fsrs':
      return fsrs(decay);
  }
};
