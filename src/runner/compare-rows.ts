import type { ComparedRow, ComparedRows, EvidenceCell } from '../contracts/test-evidence.js';

type Row = readonly EvidenceCell[];

/** More pairs than this are not weighed against each other: rows are matched by key alone. */
const MOST_PAIRS = 250_000;

/**
 * Puts the rows of a unit test side by side. Rows that are equal are only counted. Of the others those belong together that
 * have the same key: the first column whose values tell all rows of either side apart and that both sides share most of.
 * What is left is paired by the most equal cells; rows with less than half of them in common are missing and unexpected.
 */
export function compareRows(
  columns: readonly string[],
  expected: readonly Row[],
  actual: readonly Row[],
): ComparedRows {
  const { left, right, same } = withoutEqual(expected, actual);
  const partners = new Map<number, number>();
  const taken = new Set<number>();
  const pair = (i: number, j: number): void => {
    partners.set(i, j);
    taken.add(j);
  };
  const key = keyColumn(columns.length, expected, actual);
  if (key !== null) {
    const at = new Map(right.map((row, j) => [row[key] ?? null, j] as const));
    for (const [i, row] of left.entries()) {
      const j = at.get(row[key] ?? null);
      if (j !== undefined) pair(i, j);
    }
  }
  if (left.length * right.length <= MOST_PAIRS) {
    const scores: { readonly i: number; readonly j: number; readonly score: number }[] = [];
    for (const [i, a] of left.entries()) {
      if (partners.has(i)) continue;
      for (const [j, b] of right.entries()) {
        if (taken.has(j)) continue;
        const score = equalCells(a, b);
        if (score * 2 >= columns.length && score > 0) scores.push({ i, j, score });
      }
    }
    // Stable: of equal scores the first rows of both sides go together.
    scores.sort((a, b) => b.score - a.score);
    for (const { i, j } of scores) if (!partners.has(i) && !taken.has(j)) pair(i, j);
  }
  const lonely = left.flatMap((_, i) => (partners.has(i) ? [] : [i]));
  const strangers = right.flatMap((_, j) => (taken.has(j) ? [] : [j]));
  // Nothing else is left that either of them could be.
  const [i, j] = [lonely[0], strangers[0]];
  if (key === null && lonely.length === 1 && strangers.length === 1 && i !== undefined && j !== undefined) pair(i, j);
  const rows = left.map((row, k): ComparedRow => {
    const partner = partners.get(k);
    if (partner === undefined) return { kind: 'missing', expected: row, actual: null, changed: [] };
    const other = right[partner] ?? [];
    const changed = columns.map((_, c) => c).filter((c) => row[c] !== other[c]);
    return { kind: 'changed', expected: row, actual: other, changed };
  });
  const unexpected = right.flatMap((row, k): ComparedRow[] =>
    taken.has(k) ? [] : [{ kind: 'unexpected', expected: null, actual: row, changed: [] }],
  );
  return { kind: 'comparison', columns, rows: [...rows, ...unexpected], same };
}

function withoutEqual(expected: readonly Row[], actual: readonly Row[]): { left: Row[]; right: Row[]; same: number } {
  const counts = new Map<string, number>();
  for (const row of expected) counts.set(JSON.stringify(row), (counts.get(JSON.stringify(row)) ?? 0) + 1);
  const right: Row[] = [];
  for (const row of actual) {
    const key = JSON.stringify(row);
    const count = counts.get(key) ?? 0;
    if (count > 0) counts.set(key, count - 1);
    else right.push(row);
  }
  const left: Row[] = [];
  for (const row of expected) {
    const key = JSON.stringify(row);
    const count = counts.get(key) ?? 0;
    if (count === 0) continue;
    counts.set(key, count - 1);
    left.push(row);
  }
  return { left, right, same: expected.length - left.length };
}

/** The index of the key; null when no column tells the rows apart and occurs on both sides. */
function keyColumn(width: number, expected: readonly Row[], actual: readonly Row[]): number | null {
  let best: { readonly index: number; readonly shared: number } | null = null;
  for (let index = 0; index < width; index += 1) {
    const left = new Set(expected.map((row) => row[index]));
    const right = new Set(actual.map((row) => row[index]));
    if (left.has(null) || right.has(null)) continue;
    if (left.size < expected.length || right.size < actual.length) continue;
    const shared = [...left].filter((value) => right.has(value)).length;
    if (shared > (best?.shared ?? 0)) best = { index, shared };
  }
  return best?.index ?? null;
}

function equalCells(a: Row, b: Row): number {
  return a.reduce<number>((count, cell, i) => count + Number(cell === b[i]), 0);
}
