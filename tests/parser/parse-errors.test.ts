import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatSpan } from '../../src/diagnostics/span.js';
import { CASES, parseCase, recorded } from './parse-case.js';

interface ErrorCase {
  readonly code: string;
  /** `path:line:column` */
  readonly place: string;
  /** A part of the hint. */
  readonly hint: string;
  /** A part of dbt's own words that ours have too; left out where dbt's are a stack of Python. */
  readonly says?: string;
}

const cases = readdirSync(CASES).filter((name) => recorded(name, 'error.json') !== null);

/** Projects that dbt refuses with exit status 2: tsdbt refuses them too, with a code, a place and a hint. */
describe('parse refuses', () => {
  it.each(cases)('%s', async (name) => {
    const dbt = recorded(name, 'error.json') as { exit: number; says: string[] };
    const expected = JSON.parse(readFileSync(join(CASES, name, 'case.json'), 'utf8')) as ErrorCase;
    expect(dbt.exit).toBe(2);
    const { error } = await parseCase(name);
    const { code, span, hint = '', message } = error?.diagnostic ?? { code: 'none', message: '' };
    expect({ code, place: span && formatSpan(span) }).toEqual({ code: expected.code, place: expected.place });
    expect(hint).toContain(expected.hint);
    if (expected.says === undefined) return;
    expect(dbt.says.join('\n')).toContain(expected.says);
    expect(message).toContain(expected.says);
  });
});
