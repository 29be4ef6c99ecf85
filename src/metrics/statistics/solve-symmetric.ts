/** The lower triangle L of L Lᵀ = A (Cholesky), row by row; undefined if A is not positive definite. */
const rootOf = (a: ArrayLike<number>, n: number): Float64Array | undefined => {
  const root = new Float64Array(n * n);
  const product = (i: number, j: number): number => {
    let sum = 0;
    for (let k = 0; k < j; k += 1) sum += (root[i * n + k] as number) * (root[j * n + k] as number);
    return sum;
  };
  for (let i = 0; i < n; i += 1) {
    for (let j = 0; j < i; j += 1)
      root[i * n + j] = ((a[i * n + j] as number) - product(i, j)) / (root[j * n + j] as number);
    const square = (a[i * n + i] as number) - product(i, i);
    if (!(square > 0)) return undefined;
    root[i * n + i] = Math.sqrt(square);
  }
  return root;
};

/** Solves A x = b for a small symmetric A, row by row; undefined if A is not positive definite. */
export const solveSymmetric = (a: ArrayLike<number>, b: ArrayLike<number>): Float64Array | undefined => {
  const n = b.length;
  const root = rootOf(a, n);
  if (root === undefined) return undefined;
  const x = Float64Array.from(b);
  for (let i = 0; i < n; i += 1) {
    for (let k = 0; k < i; k += 1) x[i] = (x[i] as number) - (root[i * n + k] as number) * (x[k] as number);
    x[i] = (x[i] as number) / (root[i * n + i] as number);
  }
  for (let i = n - 1; i >= 0; i -= 1) {
    for (let k = i + 1; k < n; k += 1)
      x[i] = (x[i] as number) - (root[k * n + i] as number) * (x[k] as number);
    x[i] = (x[i] as number) / (root[i * n + i] as number);
  }
  return x;
};
