import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bin } from '../binary/tsdbt.js';

/** What one command of a script printed and how it ended. */
export interface Ran {
  readonly status: number;
  readonly output: string;
}

/**
 * Runs a shell script in which `mount` works and harms nobody: what it mounts is seen by it alone, and gone with it. In the script,
 * `run NAME ARGS…` runs tsdbt and keeps what it said as NAME. Fails where the system allows no mounts.
 */
export function withMounts(project: string, script: string): { readonly [name: string]: Ran } {
  const root = process.getuid?.() === 0;
  const body = `set -e
run() { name=$1; shift; set +e; "${process.execPath}" "${bin}" "$@" > "ran-$name.txt" 2>&1; echo $? > "ran-$name.status"; set -e; echo "$name"; }
cd "$1"
${script}`;
  const done = spawnSync('unshare', [root ? '-m' : '-rm', 'sh', '-c', body, 'sh', project], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], HOME: project },
    timeout: 110_000,
    killSignal: 'SIGKILL',
  });
  if (done.status !== 0) throw new Error(`the script failed (${done.status}): ${done.stderr}${done.stdout}`);
  const ran = (name: string): Ran => ({
    status: Number(readFileSync(join(project, `ran-${name}.status`), 'utf8')),
    output: readFileSync(join(project, `ran-${name}.txt`), 'utf8'),
  });
  const names = done.stdout.split('\n').filter((name) => existsSync(join(project, `ran-${name}.status`)));
  return Object.fromEntries(names.map((name) => [name, ran(name)]));
}
