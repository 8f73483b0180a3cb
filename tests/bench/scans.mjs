// What a build had its engine do: how many statements it sent and how many scans of tables and files the plans of those that read data have.
// It reads the JSON log of the command, of dbt's or of tsdbt's, and asks DuckDB for the plans over the database that was built.
//
//   node tests/bench/scans.mjs LOG DATABASE      (prints JSON)
import { readFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';

const [log = '', database = ''] = process.argv.slice(2);
const READS =
  /^\s*(create\s+(or\s+replace\s+)?(temp(orary)?\s+)?table|select|with|from|insert|merge|update|delete|\()/i;
/** Operators that read a table or a file; DuckDB's others with SCAN in their name read what the statement itself has made. */
const SCAN = /^(SEQ_SCAN|INDEX_SCAN|TABLE_SCAN|READ_\w+|PARQUET_SCAN)\s*$/;
const SYSTEM = /\b(information_schema|duckdb_\w+\s*\(|pg_catalog|sqlite_master)/i;

/** @typedef {{name: string, children?: Plan[], extra_info?: Record<string, unknown>}} Plan */

/** @param {Plan} plan @param {(of: string) => void} found */
function eachScan(plan, found) {
  if (SCAN.test(plan.name)) {
    const of = plan.extra_info?.Table ?? plan.extra_info?.Filename ?? plan.extra_info?.Function ?? '';
    found(String(of));
  }
  for (const child of plan.children ?? []) eachScan(child, found);
}

const statements = readFileSync(log, 'utf8')
  .split('\n')
  .filter((line) => line.includes('"SQLQuery"'))
  .map((line) => JSON.parse(line))
  .filter((event) => event.info.name === 'SQLQuery')
  .map((event) => String(event.data.sql).replace(/^\s*\/\*.*?\*\//s, ''));

const instance = await DuckDBInstance.create(database);
const connection = await instance.connect();
let reading = 0;
let scans = 0;
let unexplained = 0;
/** @type {Map<string, number>} */
const byTable = new Map();
/** @param {string} sql @returns {Promise<Plan[]>} */
async function planOf(sql) {
  const rows = (await connection.runAndReadAll(`explain (format json) ${sql}`)).getRows();
  return JSON.parse(String(rows[0]?.[1]));
}

for (const sql of statements) {
  if (!READS.test(sql) || SYSTEM.test(sql)) continue;
  // A table with a contract is made empty under a name that it loses later, and filled by a query: the query is what reads.
  const query = sql.replace(/^\s*insert\s+into\s+\S+\s*(\([^()]*\)\s*)?(?=\(|select|with)/i, '');
  try {
    const plan = await planOf(sql).catch(() => planOf(query));
    reading += 1;
    for (const root of plan)
      eachScan(root, (of) => {
        scans += 1;
        byTable.set(of, (byTable.get(of) ?? 0) + 1);
      });
  } catch {
    // It reads what the build has dropped or renamed since.
    unexplained += 1;
  }
}
connection.closeSync();
instance.closeSync();
const most = [...byTable].sort((a, b) => b[1] - a[1]).slice(0, 5);
console.log(JSON.stringify({ statements: statements.length, reading, scans, unexplained, most }));
