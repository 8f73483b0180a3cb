type Row = readonly unknown[];

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?([+-]\d\d:\d\d)?$/;
const HASH = /^[0-9a-f]{32}$/;

/**
 * The rows of a snapshot with ranks in place of times from `since` on (ISO 8601), and of hashes in rows that begin at such a time, as
 * `tests/oracle/run_record.py` writes them: what happened in one round stays together, what in two stays apart. What has no hashes is no snapshot and stays as it is.
 */
export function withoutClock(rows: readonly Row[], since: string): unknown[][] {
  if (!rows.flat().some((v) => typeof v === 'string' && HASH.test(v))) return rows.map((row) => [...row]);
  const made = (v: unknown): boolean => typeof v === 'string' && TIME.test(v) && since <= v && v < '9';
  const times = [...new Set(rows.flat().filter(made))].sort();
  const ranked = rows.map((row) => row.map((v) => (made(v) ? `<clock ${times.indexOf(v) + 1}>` : v)));
  const isHash = (row: Row, v: unknown): boolean =>
    typeof v === 'string' && HASH.test(v) && row.filter(made).length > 1;
  const order = rows
    .map((row, i) => ({ row, of: ranked[i] as Row }))
    .map(({ row, of }) => ({ row, of, key: JSON.stringify(of.map((v) => (isHash(row, v) ? '' : v))) }))
    .sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)));
  const hashes = new Map<unknown, number>();
  const numbered = (v: unknown): number => {
    const known = hashes.get(v) ?? hashes.size + 1;
    hashes.set(v, known);
    return known;
  };
  return order.map(({ row, of }) => of.map((v) => (isHash(row, v) ? `<hash ${numbered(v)}>` : v)));
}
