import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DEVIATING_MESSAGES } from './deviations.js';
import { type CaseInput, renderCase } from './harness.js';

interface OracleCase extends CaseInput {
  readonly id: number;
  readonly category: string;
  readonly expected?: string;
  readonly error?: string;
  readonly message?: string;
  readonly line?: number;
}

const file = new URL('../cases/jinja/oracle.json', import.meta.url);
const recorded = JSON.parse(readFileSync(file, 'utf8')) as {
  readonly context: Record<string, unknown>;
  readonly cases: readonly OracleCase[];
};

describe.each(['sync', 'async'] as const)('what Jinja2 gives, %s', (mode) => {
  it.each(recorded.cases)('$id $category: $template', async (item) => {
    const outcome = await renderCase(item, recorded.context, mode);
    if (item.expected !== undefined) {
      if (outcome.error) throw outcome.error;
      expect(outcome.text).toBe(item.expected);
      return;
    }
    expect(outcome.error, `expected ${item.error}: ${item.message}, got ${outcome.text}`).toBeDefined();
    if (!DEVIATING_MESSAGES.has(item.template)) expect(outcome.error?.message).toBe(item.message);
    if (item.line !== undefined) expect(outcome.error?.diagnostic.span?.line).toBe(item.line);
  });
});
