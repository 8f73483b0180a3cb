import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { onTestFinished } from 'vitest';

export const ROOT = resolve(import.meta.dirname, '../..');

/** A folder of its own for a test, removed at its end. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tsdbt-flagship-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface Outcome {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs a script of `project/` as a user does. */
export function script(path: string, ...args: string[]): Outcome {
  const env = { ...process.env };
  delete env.FLAGSHIP_LAKE;
  delete env.FLAGSHIP_DATABASE;
  const done = spawnSync(process.execPath, [join(ROOT, 'project', path), ...args], { encoding: 'utf8', env });
  return { status: done.status, out: done.stdout, err: done.stderr };
}

/** Every file below a folder, by relative path, with a hash of its bytes. */
export function contents(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    files
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [relative(folder, path), createHash('sha256').update(readFileSync(path)).digest('hex')]),
  );
}

/** A stand-in for tsdbt that writes down how it was called and fails where it is told to. */
export function standIn(folder: string, failing = '', status = 0): { command: string; calls: () => string[] } {
  const log = join(folder, 'calls.txt');
  const path = join(folder, 'stand-in.mjs');
  writeFileSync(log, '');
  writeFileSync(
    path,
    `import { appendFileSync } from 'node:fs';
const args = process.argv.slice(2);
appendFileSync(${JSON.stringify(log)}, args.join(' ') + '\\n');
process.exit(args[0] === ${JSON.stringify(failing)} ? ${status} : 0);
`,
  );
  return {
    command: `${process.execPath} ${path}`,
    calls: () => readFileSync(log, 'utf8').trim().split('\n').filter(Boolean),
  };
}
