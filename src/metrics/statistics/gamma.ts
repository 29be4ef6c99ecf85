/** Lanczos' approximation with g = 607/128 (Godfrey): to about 1e-15 of the gamma function. */
const LANCZOS = [
  0.9999999999999971, 57.15623566586292, -59.59796035547549, 14.136097974741746, -0.4919138160976202,
  3.399464998481189e-5, 4.652362892704858e-5, -9.837447530487956e-5, 0.0001580887032249125,
  -0.00021026444172410488, 0.00021743961811521265, -0.0001643181065367639, 8.441822398385275e-5,
  -2.6190838401581408e-5, 3.6899182659531625e-6,
];
const HALF_LOG_TWO_PI = 0.9189385332046728;
const EPSILON = 2 ** -53;
const TINY = 1e-300;

/** The natural logarithm of the gamma function, for x > 0. */
export const logGamma = (x: number): number => {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  if (x > 1e6) return (x - 0.5) * Math.log(x) - x + HALF_LOG_TWO_PI + stirlingError(x);
  let sum = LANCZOS[0] ?? 0;
  for (let i = 1; i < LANCZOS.length; i += 1) sum += (LANCZOS[i] ?? 0) / (x - 1 + i);
  const t = x + 607 / 128 - 0.5;
  return (x - 0.5) * Math.log(t) - t + HALF_LOG_TWO_PI + Math.log(sum);
};

/** What Stirling's formula leaves of ln Γ(x), for x ≥ 16. */
const stirlingError = (x: number): number => {
  const y = 1 / (x * x);
  return (1 / 12 - y * (1 / 360 - y * (1 / 1260 - y * (1 / 1680 - y * (1 / 1188 - (y * 691) / 360360))))) / x;
};

/** ln(1 + u) − u without cancellation for small u. */
const log1pMinus = (u: number): number => {
  if (Math.abs(u) > 0.1) return Math.log1p(u) - u;
  let sum = 0;
  let power = -u;
  for (let i = 2; Math.abs(power) > Number.MIN_VALUE && i < 40; i += 1) {
    power *= -u;
    sum -= power / i;
  }
  return sum;
};

/** x^a e^−x / Γ(a + 1): the probability of a events where x are expected (Loader's saddle point for large a). */
const poissonDensity = (a: number, x: number): number => {
  if (a < 16) return Math.exp(a * Math.log(x) - x - logGamma(a + 1));
  return Math.exp(a * log1pMinus((x - a) / a) - stirlingError(a)) / Math.sqrt(2 * Math.PI * a);
};

/** P(a, x) by its series, which is quick for x < a + 1. */
const lowerBySeries = (a: number, x: number): number => {
  let term = 1;
  let sum = 1;
  for (let i = 1; term > sum * EPSILON; i += 1) {
    term *= x / (a + i);
    sum += term;
  }
  return sum * poissonDensity(a, x);
};

/** Q(a, x) by Legendre's continued fraction, which is quick for x > a + 1. */
const upperByFraction = (a: number, x: number): number => {
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let product = d;
  for (let i = 1, delta = 0; Math.abs(delta - 1) > 2 * EPSILON; i += 1) {
    const an = -i * (i - a);
    b += 2;
    d = an * d + b;
    c = b + an / c;
    d = 1 / (Math.abs(d) < TINY ? TINY : d);
    if (Math.abs(c) < TINY) c = TINY;
    delta = d * c;
    product *= delta;
  }
  return product * poissonDensity(a, x) * a;
};

/** The regularised incomplete gamma function P(a, x), for a > 0 and x ≥ 0. */
export const regularisedGammaP = (a: number, x: number): number => {
  if (x <= 0) return 0;
  return x < a + 1 ? lowerBySeries(a, x) : 1 - upperByFraction(a, x);
};

/** Its complement Q(a, x) = 1 − P(a, x), exact in the tail where P is nearly 1. */
export const regularisedGammaQ = (a: number, x: number): number => {
  if (x <= 0) return 1;
  return x < a + 1 ? 1 - lowerBySeries(a, x) : upperByFraction(a, x);
};

/** The density of the gamma distribution with shape a and scale 1. */
export const gammaDensity = (a: number, x: number): number => (poissonDensity(a, x) * a) / x;
