import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { generate } from '../bench/large-project/generate.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const work = mkdtempSync(join(tmpdir(), 'tsdbt-large-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

describe('a project of 700 models with 2,000 macros in four packages', () => {
  it('compiles to the same manifest and the same SQL as with dbt', { timeout: 1_800_000 }, () => {
    const project = join(work, 'large');
    const { models, macros, packages } = generate(project);
    expect([models, packages]).toEqual([700, 4]);
    expect(macros).toBeGreaterThanOrEqual(2000);
    const compared = spawnSync(
      process.execPath,
      [
        'tests/oracle/compare-project.mjs',
        project,
        '--before',
        'deps',
        '--command',
        'compile',
        '--only',
        'manifest,results,compiled',
      ],
      { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 },
    );
    // Its times, for the log.
    console.log(compared.stdout.split('\n').slice(0, 3).join('\n'));
    expect(compared.stdout + compared.stderr).toContain('no difference');
    expect(compared.status).toBe(0);
  });
});
