import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

const PROFILES = JSON.stringify({
  case: { target: 'dev', outputs: { dev: { type: 'duckdb', path: 'db.duckdb', threads: 1 } } },
});

let keep = false;

/** A directory that is removed when the test ends, or when the file of tests does inside `withoutCleanUp`. */
export function temporaryDirectory(prefix = 'tsdbt-'): string {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), prefix)));
  const remove = (): void => rmSync(directory, { recursive: true, force: true });
  if (keep) process.on('exit', remove);
  else onTestFinished(remove);
  return directory;
}

/** Directories made in here outlive the test: for `beforeAll`. */
export function withoutCleanUp<T>(body: () => T): T {
  keep = true;
  try {
    return body();
  } finally {
    keep = false;
  }
}

/** Writes files below a directory; keys are paths. */
export function writeFiles(directory: string, files: { readonly [path: string]: string }): void {
  for (const [path, text] of Object.entries(files)) {
    const file = join(directory, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

/** A copy of a project, with a profile `case` on a DuckDB file beside it, in a directory of its own. */
export function copyProject(source: string, files: { readonly [path: string]: string } = {}): string {
  const directory = join(temporaryDirectory(), 'project');
  cpSync(source, directory, { recursive: true });
  writeFiles(directory, { 'profiles.yml': PROFILES, ...files });
  return directory;
}

/** A project of the given files, with `dbt_project.yml` and the profile `case` where they are not among them. */
export function makeProject(files: { readonly [path: string]: string }): string {
  const directory = join(temporaryDirectory(), 'project');
  writeFiles(directory, {
    'dbt_project.yml': "name: demo\nversion: '1.0'\nprofile: case\n",
    'profiles.yml': PROFILES,
    ...files,
  });
  return directory;
}
