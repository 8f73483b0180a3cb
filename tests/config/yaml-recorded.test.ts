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

function compare(ours: Outcome, theirs: Outcome): void {
  if (theirs.error !== undefined) {
    expect(ours.error, `dbt: ${theirs.error}`).toBeDefined();
    return;
  }
  expect(ours.error).toBeUndefined();
  expect(ours.value).toEqual(datesAsText(theirs.value as Encoded));
  expect(ours.duplicates).toEqual(theirs.duplicates);
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
      test(`${text} (${form})`, () => compare(read(source), forms[form] as Outcome));
    }
  }
});

describe('documents as PyYAML reads them', () => {
  for (const { name, ...outcome } of recorded<{ name: string } & Outcome>('documents.json')) {
    test(name, () => compare(read(readFileSync(join(CASES, 'documents', name), 'utf8')), outcome));
  }
});
