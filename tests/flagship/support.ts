import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
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
