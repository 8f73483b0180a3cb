import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('measure.py', import.meta.url));

/**
 * Runs a command once, as a whole process.
 *
 * @param {string[]} command
 * @param {{cwd?: string, env?: Record<string, string>}} [options]
 * @returns {{wall: number, cpu: number, peak: number}} seconds, seconds, MiB
 */
export function measure(command, options = {}) {
  const output = join(tmpdir(), `tsdbt-bench-${process.pid}.log`);
  const run = spawnSync('python3', [script, output, ...command], {
    cwd: options.cwd,
    env: { ...process.env, DO_NOT_TRACK: '1', ...options.env },
    encoding: 'utf8',
  });
  if (run.status !== 0) throw new Error(`could not measure ${command.join(' ')}: ${run.stderr}`);
  const result = JSON.parse(run.stdout);
  if (result.status !== 0) {
    throw new Error(
      `${command.join(' ')} ended with status ${result.status}:\n${readFileSync(output, 'utf8').slice(-3000)}`,
    );
  }
  return { wall: result.wall, cpu: result.user + result.sys, peak: result.peak };
}

/** @param {readonly number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Runs two commands in turn, A B A B …, after one warm-up of each (unless told not to), and prints medians, spreads and the ratio A/B.
 *
 * @param {string} title
 * @param {{name: string, before?: () => void, command: string[], cwd: string, env?: Record<string, string>}} a
 * @param {{name: string, before?: () => void, command: string[], cwd: string, env?: Record<string, string>}} b
 * @param {number} runs
 * @param {boolean} [isWarmedUp]
 */
export function compare(title, a, b, runs, isWarmedUp = true) {
  const results = [a, b].map(() => /** @type {{wall: number, cpu: number, peak: number}[]} */ ([]));
  for (let i = isWarmedUp ? -1 : 0; i < runs; i++) {
    [a, b].forEach((side, index) => {
      side.before?.();
      const result = measure(side.command, side);
      if (i >= 0) results[index].push(result);
    });
  }
  console.log(`\n${title} (median of ${runs} alternating runs, min–max in brackets)`);
  const figures = /** @type {const} */ (['wall', 'cpu', 'peak']);
  /** @type {Record<string, number>} */
  const ratios = {};
  for (const figure of figures) {
    const unit = figure === 'peak' ? 'MiB' : 's';
    const text = results.map((side, index) => {
      const values = side.map((r) => r[figure]);
      const digits = figure === 'peak' ? 0 : 2;
      return `${[a, b][index].name} ${median(values).toFixed(digits)} ${unit} [${Math.min(...values).toFixed(digits)}–${Math.max(...values).toFixed(digits)}]`;
    });
    ratios[figure] = median(results[0].map((r, i) => r[figure] / results[1][i][figure]));
    console.log(`  ${figure.padEnd(4)}  ${text.join('   ')}   ratio ${ratios[figure].toFixed(3)}`);
  }
  return ratios;
}
