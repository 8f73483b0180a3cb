// Logistic regression by Newton's method (iteratively reweighted least squares), with plain linear algebra and no chance in it.

/** Means and deviations of the training rows, and the weights of what is left when they are taken out; the intercept stands apart. */
export interface Fitted {
  readonly means: readonly number[];
  /** Of the population, as scikit-learn's StandardScaler; 1 where a feature does not vary. */
  readonly deviations: readonly number[];
  readonly intercept: number;
  readonly weights: readonly number[];
  readonly iterations: number;
}

const TOLERANCE = 1e-10;
const MOST_ITERATIONS = 100;

/** 1 / (1 + e^-z) without overflow. */
export function sigmoid(z: number): number {
  if (z >= 0) return 1 / (1 + Math.exp(-z));
  const e = Math.exp(z);
  return e / (1 + e);
}

/** log(1 + e^z) without overflow. */
const softplus = (z: number): number => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));

/** What a row comes to before the sigmoid. An unknown value counts as the mean of the training rows. */
export function logOdds(fitted: Fitted, row: readonly (number | null)[]): number {
  let z = fitted.intercept;
  for (const [j, weight] of fitted.weights.entries()) {
    const value = row[j] ?? null;
    if (value !== null) z += (weight * (value - (fitted.means[j] ?? 0))) / (fitted.deviations[j] ?? 1);
  }
  return z;
}

/**
 * Solves A x = b for a symmetric positive definite A, by Cholesky's decomposition.
 * @throws Error when A is not positive definite
 */
export function solve(a: readonly Float64Array[], b: Float64Array): Float64Array {
  const n = b.length;
  const lower = a.map(() => new Float64Array(n));
  const at = (m: readonly Float64Array[], i: number, j: number): number => m[i]?.[j] ?? 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = at(a, i, j);
      for (let k = 0; k < j; k++) sum -= at(lower, i, k) * at(lower, j, k);
      if (i === j && !(sum > 0)) throw new Error('The matrix is not positive definite: two features say the same.');
      (lower[i] as Float64Array)[j] = i === j ? Math.sqrt(sum) : sum / at(lower, j, j);
    }
  }
  const x = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let sum = b[i] ?? 0;
    for (let k = 0; k < i; k++) sum -= at(lower, i, k) * (x[k] ?? 0);
    x[i] = sum / at(lower, i, i);
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = x[i] ?? 0;
    for (let k = i + 1; k < n; k++) sum -= at(lower, k, i) * (x[k] ?? 0);
    x[i] = sum / at(lower, i, i);
  }
  return x;
}

/** Rows without unknown values, centred and divided by the deviation, with a 1 at the end for the intercept. */
function standardised(rows: readonly (readonly (number | null)[])[], width: number) {
  const means: number[] = [];
  const deviations: number[] = [];
  for (let j = 0; j < width; j++) {
    let sum = 0;
    let known = 0;
    for (const row of rows) {
      const value = row[j] ?? null;
      if (value === null) continue;
      sum += value;
      known += 1;
    }
    const mean = known === 0 ? 0 : sum / known;
    let squares = 0;
    for (const row of rows) squares += ((row[j] ?? mean) - mean) ** 2;
    means.push(mean);
    deviations.push(Math.sqrt(squares / rows.length) || 1);
  }
  const matrix = rows.map((row) => {
    const values = new Float64Array(width + 1);
    for (let j = 0; j < width; j++)
      values[j] = ((row[j] ?? (means[j] as number)) - (means[j] as number)) / (deviations[j] as number);
    values[width] = 1;
    return values;
  });
  return { means, deviations, matrix };
}

const product = (x: Float64Array, beta: Float64Array): number => {
  let z = 0;
  for (let j = 0; j < x.length; j++) z += (x[j] as number) * (beta[j] as number);
  return z;
};

/**
 * Fits weights to standardised features: the least of the log loss summed over the rows plus half of `l2` times the squared weights. `l2` = 1 is
 * scikit-learn's default (`C=1.0`); the intercept is not shrunk.
 * @throws Error when the labels are all the same, or when Newton's method does not settle
 */
export function fitLogistic(
  rows: readonly (readonly (number | null)[])[],
  labels: readonly number[],
  options: { readonly l2: number },
): Fitted {
  const positives = labels.reduce((sum, label) => sum + label, 0);
  if (positives === 0 || positives === labels.length)
    throw new Error(`${labels.length} loans to learn from, of which ${positives} defaulted: both kinds are needed.`);
  const width = rows[0]?.length ?? 0;
  const { means, deviations, matrix } = standardised(rows, width);
  const loss = (beta: Float64Array): number => {
    let sum = 0;
    for (const [i, x] of matrix.entries()) {
      const z = product(x, beta);
      sum += softplus(z) - (labels[i] as number) * z;
    }
    for (let j = 0; j < width; j++) sum += (options.l2 / 2) * (beta[j] as number) ** 2;
    return sum;
  };
  let beta = new Float64Array(width + 1);
  let current = loss(beta);
  for (let iteration = 1; iteration <= MOST_ITERATIONS; iteration++) {
    const gradient = new Float64Array(width + 1);
    const hessian = Array.from({ length: width + 1 }, () => new Float64Array(width + 1));
    for (const [i, x] of matrix.entries()) {
      const p = sigmoid(product(x, beta));
      const spread = p * (1 - p);
      for (let j = 0; j <= width; j++) {
        const value = x[j] as number;
        gradient[j] = (gradient[j] as number) + (p - (labels[i] as number)) * value;
        const row = hessian[j] as Float64Array;
        for (let k = 0; k <= j; k++) row[k] = (row[k] as number) + spread * value * (x[k] as number);
      }
    }
    for (let j = 0; j < width; j++) {
      gradient[j] = (gradient[j] as number) + options.l2 * (beta[j] as number);
      const row = hessian[j] as Float64Array;
      row[j] = (row[j] as number) + options.l2;
    }
    const step = solve(hessian, gradient);
    // A whole step may go too far where the curve is flat: half of it, until the loss is no greater.
    let size = 1;
    let next = beta.map((value, j) => value - (step[j] as number));
    let reached = loss(next);
    while (reached > current + 1e-9 && size > 1e-6) {
      size /= 2;
      next = beta.map((value, j) => value - size * (step[j] as number));
      reached = loss(next);
    }
    beta = next;
    current = reached;
    if (step.every((value) => Math.abs(value) < TOLERANCE))
      return {
        means,
        deviations,
        intercept: beta[width] as number,
        weights: [...beta.subarray(0, width)],
        iterations: iteration,
      };
  }
  throw new Error(`The weights do not settle within ${MOST_ITERATIONS} iterations.`);
}
