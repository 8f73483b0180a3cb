import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { createGraph } from '../../src/graph/create-graph.js';
import { selectNodes } from '../../src/graph/selector/select-nodes.js';
import { LISTED, manifest, type RecordedSelection } from '../graph/select-cases.js';

const here = dirname(fileURLToPath(import.meta.url));
const seed = process.env['TSDBT_FUZZ_SEED'] ?? String(Math.floor(Date.now() / 86_400_000));
const count = process.env['TSDBT_FUZZ_COUNT'] ?? '250';

/** Another seed every day; the variable TSDBT_FUZZ_SEED repeats one. */
it(`${count} random selections are dbt's, seed ${seed}`, () => {
  const venv = process.env['TSDBT_ORACLE_VENV'];
  if (!venv) throw new Error('TSDBT_ORACLE_VENV is not set: see tests/oracle/README.md');
  const folder = mkdtempSync(join(tmpdir(), 'tsdbt-fuzz-'));
  try {
    const file = join(folder, 'out.json');
    const run = spawnSync(join(venv, 'bin/python'), [join(here, 'select_fuzz.py'), seed, count, file], {
      encoding: 'utf8',
    });
    if (run.status !== 0) throw new Error(run.stderr || run.stdout);
    const graph = createGraph(manifest);
    for (const recorded of JSON.parse(readFileSync(file, 'utf8')) as RecordedSelection[]) {
      const { ids, warnings, error, ...asked } = recorded;
      expect(error, JSON.stringify(asked)).toBeUndefined();
      const selection = selectNodes({
        manifest,
        graph,
        select: asked.select,
        exclude: asked.exclude,
        indirectSelection: asked.indirect_selection ?? 'eager',
        resourceTypes: LISTED,
        includeEmptyNodes: true,
      });
      expect([...selection.ids].sort(), JSON.stringify(asked)).toEqual([...(ids ?? [])].sort());
      expect(
        selection.warnings.map((warning) => warning.criterion),
        JSON.stringify(asked),
      ).toEqual(warnings);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
