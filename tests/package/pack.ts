import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The package as npm would publish it: the absolute path of the tarball. */
    readonly tarball: string;
  }
}

/** Packs once for all tests of the package: packing builds `dist/`, which two at a time can't. */
export function setup(project: TestProject): () => void {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const folder = mkdtempSync(join(tmpdir(), 'tsdbt-pack-'));
  const output = execFileSync('npm', ['pack', '--json', '--pack-destination', folder], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const packed: unknown = JSON.parse(output.replace(/^[^[{]*/s, ''));
  const { filename } = (Array.isArray(packed) ? packed[0] : Object.values(packed as object)[0]) as { filename: string };
  project.provide('tarball', join(folder, filename));
  return () => rmSync(folder, { recursive: true, force: true });
}
