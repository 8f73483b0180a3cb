import { describe, expect, test } from 'vitest';
import { editedCases, editRun } from './edit-run.js';

/** How many edits each project gets; `TSDBT_PARTIAL_EDITS=500` for a long run. */
const EDITS = Number(process.env['TSDBT_PARTIAL_EDITS'] ?? 8);
const SEED = Number(process.env['TSDBT_PARTIAL_SEED'] ?? 1);
const ONLY = process.env['TSDBT_PARTIAL_CASE'];

describe('a parse with what an earlier one has kept gives what a parse from the beginning gives', () => {
  test.each(editedCases().filter((name) => ONLY === undefined || ONLY === name))(
    '%s',
    { timeout: 3_600_000 },
    async (name) => {
      const report = await editRun(name, SEED, EDITS);
      if (process.env['TSDBT_PARTIAL_EDITS']) console.log(name, JSON.stringify(report));
      expect(report.edits).toBe(EDITS);
    },
  );
});
