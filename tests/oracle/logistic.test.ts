import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FEATURES } from '../../project/ml/models/lib/features.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

interface Learned {
  readonly coefficients: Readonly<Record<string, number>>;
  readonly probabilities: Readonly<Record<string, number>>;
  readonly auc: Readonly<Record<string, number>>;
}

async function ours(database: string): Promise<Learned> {
  const instance = await DuckDBInstance.create(database, { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  const pairs = async (sql: string) =>
    Object.fromEntries((await connection.runAndReadAll(sql)).getRowsJson().map(([key, value]) => [key, Number(value)]));
  try {
    return {
      coefficients: await pairs('select feature, coefficient from gold.loan_default_coefficients'),
      probabilities: await pairs(
        "select loan_id, cast(default_probability as double) from gold.loan_default_probability where split = 'test'",
      ),
      auc: await pairs('select split, cast(auc as double) from gold.loan_model_evaluation'),
    };
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

describe.each(['20250101', '7', '99'])('the default model of the flagship beside scikit-learn, seed %s', (seed) => {
  const work = mkdtempSync(join(tmpdir(), 'tsdbt-logistic-'));
  let mine: Learned;
  let theirs: Learned;

  beforeAll(async () => {
    const venv = execFileSync('bash', [join(root, 'tests/oracle/venv.sh'), 'sklearn'], { encoding: 'utf8' }).trim();
    const lake = join(work, 'lake');
    execFileSync(
      process.execPath,
      [
        join(root, 'project/run.mjs'),
        ...['--system', 'financial_analytics', '--scale', 'small', '--seed', seed, '--lake', lake],
        ...['--', '--target-path', join(work, 'target'), '--log-path', join(work, 'logs')],
      ],
      { cwd: root, stdio: 'pipe' },
    );
    const database = join(lake, 'warehouse.duckdb');
    mine = await ours(database);
    theirs = JSON.parse(
      execFileSync(join(venv, 'bin/python'), [join(root, 'tests/oracle/logistic_record.py'), database, ...FEATURES], {
        encoding: 'utf8',
        maxBuffer: 1 << 26,
      }),
    );
  }, 300_000);
  afterAll(() => rmSync(work, { recursive: true, force: true }));

  it('has the same coefficients, within one percent', () => {
    expect(Object.keys(mine.coefficients).sort()).toEqual(Object.keys(theirs.coefficients).sort());
    for (const [feature, coefficient] of Object.entries(theirs.coefficients))
      expect(Math.abs((mine.coefficients[feature] ?? 0) - coefficient), feature).toBeLessThanOrEqual(
        0.01 * Math.abs(coefficient),
      );
  });

  it('has the same area under the ROC curve, within 0.005, and it is far from chance', () => {
    for (const split of ['train', 'test']) {
      expect(Math.abs((mine.auc[split] ?? 0) - (theirs.auc[split] ?? 1)), split).toBeLessThan(0.005);
      expect(mine.auc[split], split).toBeGreaterThan(0.65);
    }
  });

  it('gives every test loan the same probability', () => {
    expect(Object.keys(theirs.probabilities).length).toBeGreaterThan(300);
    expect(Object.keys(mine.probabilities).sort()).toEqual(Object.keys(theirs.probabilities).sort());
    for (const [loan, probability] of Object.entries(theirs.probabilities))
      expect(Math.abs((mine.probabilities[loan] ?? -1) - probability), loan).toBeLessThan(1e-4);
  });
});
