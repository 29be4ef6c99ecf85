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
  /** The value, and its derivatives by θ, which are written to `into`: they are made of the same power. */
  readonly slopes: (theta: readonly number[], t: number, into: Float64Array) => number;
  /** When the value has fallen to r; not finite if it never does. */
  readonly whenAt: (theta: readonly number[], r: number) => number;
  /** θ without m from which fits begin, for delays around `scale`. */
  readonly starts: (scale: number) => readonly (readonly number[])[];
  readonly told: (theta: readonly number[]) => readonly number[];
};

const INFINITE = Number.POSITIVE_INFINITY;
const EXPONENTS = [0.01, 0.03, 0.07, 0.15, 0.3, 0.6, 1.2, 2.5];
const SCALES = [1e-4, 1e-3, 0.01, 0.1, 0.3, 1, 3, 10, 100];

/* θ is as long as its model has parameters; taking it apart by names would cost as much as the curve. */

const powerOf = (name: 'power-offset' | 'power', offset: number): RetentionModel => ({
  name,
  parameters: ['m', 'a'],
  hasLevel: true,
  lower: [0, 0],
  upper: [INFINITE, INFINITE],
  value: (theta, t) => (theta[0] as number) * (offset + t) ** -(theta[1] as number),
  slopes: (theta, t, into) => {
    const shape = (offset + t) ** -(theta[1] as number);
    const value = (theta[0] as number) * shape;
    into[0] = shape;
    into[1] = -value * Math.log(offset + t);
    return value;
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
  value: (theta, t) => (theta[0] as number) * 2 ** (-t * (theta[1] as number)),
  slopes: (theta, t, into) => {
    const shape = 2 ** (-t * (theta[1] as number));
    const value = (theta[0] as number) * shape;
    into[0] = shape;
    into[1] = -value * t * Math.LN2;
    return value;
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
  value: (theta, t) => (theta[0] as number) * (1 + Math.exp(theta[1] as number) * t) ** -(theta[2] as number),
  slopes: (theta, t, into) => {
    const [m, c] = [theta[0] as number, theta[2] as number];
    const stretched = Math.exp(theta[1] as number) * t;
    const shape = (1 + stretched) ** -c;
    into[0] = shape;
    into[1] = (-m * c * shape * stretched) / (1 + stretched);
    into[2] = -m * shape * Math.log1p(stretched);
    return m * shape;
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
    value: (theta, t) => (1 + factor * t * Math.exp(-(theta[0] as number))) ** -decay,
    slopes: (theta, t, into) => {
      const stretched = factor * t * Math.exp(-(theta[0] as number));
      const value = (1 + stretched) ** -decay;
      into[0] = (decay * stretched * value) / (1 + stretched);
      return value;
    },
    whenAt: ([s = 0], r) => ((r ** (-1 / decay) - 1) / factor) * Math.exp(s),
    starts: (scale) => SCALES.map((times) => [Math.log(scale * times)]),
    told: ([s = 0]) => [Math.exp(s)],
  };
};

const powerOffset = powerOf('power-offset', 1);
const power = powerOf('power', 0);

export const retentionModel = (name: ModelName, decay: number = FSRS_DECAY.fsrs6): RetentionModel => {
  switch (name) {
    case 'power-offset':
      return powerOffset;
    case 'power':
      return power;
    case 'exponential':
      return exponential;
    case 'wickelgren':
      return wickelgren;
    case 'fsrs':
      return fsrs(decay);
  }
};
