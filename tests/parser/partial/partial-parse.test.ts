import { describe, expect, test } from 'vitest';
import { editedCases, editRun } from './edit-run.js';

/**
 * How many edits each project gets. `TSDBT_PARTIAL_EDITS=500` is a long run over all projects; `TSDBT_PARTIAL_SEED` begins
 * elsewhere, `TSDBT_PARTIAL_CASE` names one project, with `TSDBT_PARTIAL_KEEP=1` a project that fails is left on the disk.
 */
const LONG = process.env['TSDBT_PARTIAL_EDITS'];
const ONLY = process.env['TSDBT_PARTIAL_CASE'];
const SEED = Number(process.env['TSDBT_PARTIAL_SEED'] ?? 1);
const EDITS = Number(LONG ?? 6);
const SHORT = [
  'functions',
  'generic-tests',
  'macros',
  'packages',
  'snapshots',
  'sources',
  'unit-tests',
  'vars-env',
  'versions',
];

const names = ONLY === undefined ? (LONG === undefined ? SHORT : editedCases()) : [ONLY];

describe('a parse that uses an earlier one gives what a parse from the beginning gives', () => {
  test.each(names)('%s', { timeout: LONG === undefined ? 60_000 : 7_200_000 }, async (name) => {
    const report = await editRun(name, SEED, EDITS);
    if (LONG !== undefined) console.log(name, JSON.stringify(report));
    expect(report.edits).toBe(EDITS);
    // That it is right is worth nothing if nothing is ever reused.
    if (EDITS >= 50) expect(report.reuse.some ?? 0).toBeGreaterThan(EDITS / 5);
  });
});
