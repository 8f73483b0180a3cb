import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readFast } from '../../src/config/yaml/fast.js';
import { readYaml } from '../../src/config/yaml.js';
import { isDbtError } from '../../src/diagnostics/errors.js';
import { datesAsText, type Encoded, encode } from './encode.js';

interface Outcome {
  readonly value?: Encoded;
  readonly error?: string;
  readonly line?: number | null;
  readonly duplicates?: readonly [string, number, number][];
}

const CASES = join(import.meta.dirname, '../cases/yaml');

function recorded<T>(name: string): readonly T[] {
  return (JSON.parse(readFileSync(join(CASES, name), 'utf8')) as { cases: T[] }).cases;
}

/** What we make of a text, in the recorded form; `fast` tells whether the fast reader took it. */
function read(text: string): Outcome & { fast: boolean } {
  const fast = readFast(text) !== undefined;
  try {
    const { value, duplicates } = readYaml(text, 'x.yml');
    if (duplicates.length === 0) return { value: encode(value), fast };
    return { value: encode(value), duplicates: duplicates.map((d) => [d.key, d.span.line, d.span.column]), fast };
  } catch (error) {
    if (!isDbtError(error)) throw error;
    return { error: error.message, line: error.diagnostic.span?.line ?? null, fast };
  }
}

/** Where tsdbt reads what PyYAML refuses, or the other way round: corners that no project is known to have. */
const DEVIATES = new Set(recorded<{ name: string }>('deviations.json').map(({ name }) => name));

/** Lines of errors that differ: ours is where the mistake is, PyYAML's where it is noticed. */
const OTHER_LINE = new Set(
  `anchor-recursive block-unindented control-char key-multiline-quoted leading-indent leading-indent-error missing-colon
   missing-colon-end missing-space nbsp nul question quoted-doc-marker tab-after-dash tag-bad-int`.split(/\s+/),
);

function compare(ours: Outcome, theirs: Outcome): void {
  if (theirs.error !== undefined) {
    expect(ours.error, `dbt: ${theirs.error}`).toBeDefined();
    return;
  }
  expect(ours.error).toBeUndefined();
  expect(ours.value).toEqual(datesAsText(theirs.value as Encoded));
  expect(ours.duplicates).toEqual(theirs.duplicates);
}

/** A declared deviation has to be one: when it has gone, its declaration goes too. */
function asDeclared(name: string, check: () => void): void {
  if (DEVIATES.has(name)) expect(check, `${name} deviates no more`).toThrow();
  else check();
}

describe('scalars as PyYAML reads them', () => {
  for (const { text, ...forms } of recorded<{ text: string } & Record<string, Outcome>>('scalars.json')) {
    const texts: Record<string, string> = {
      value: `a: ${text}\n`,
      item: `- ${text}\n`,
      flow: `[${text}, x]\n`,
      key: `${text}: a\n`,
    };
    for (const [form, source] of Object.entries(texts)) {
      const name = `${text} (${form})`;
      test(name, () => asDeclared(name, () => compare(read(source), forms[form] as Outcome)));
    }
  }
});

describe('dates as Python has them, where they are asked for', () => {
  for (const { text, value } of recorded<{ text: string; value: Outcome }>('scalars.json')) {
    if (!/^\d{4}-/.test(text) || !value.value) continue;
    test(text, () => expect(encode(readYaml(`a: ${text}\n`, 'x.yml', { dates: 'values' }).value)).toEqual(value.value));
  }
});

describe('documents as PyYAML reads them', () => {
  for (const { name, ...outcome } of recorded<{ name: string } & Outcome>('documents.json')) {
    test(name, () => {
      const text = readFileSync(join(CASES, 'documents', name), 'utf8');
      const ours = read(text);
      asDeclared(name, () => compare(ours, outcome));
      if (DEVIATES.has(name)) return;
      if (ours.error !== undefined && !OTHER_LINE.has(name.replace('.yml', ''))) {
        // The text was stripped before it was recorded.
        const skipped = /^\s*/.exec(text)?.[0].split('\n').length ?? 1;
        expect(ours.line).toBe((outcome.line ?? 0) + skipped - 1);
      }
    });
  }
});
