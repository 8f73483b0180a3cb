import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isDbtError } from '../../src/diagnostics/errors.js';
import { renderNativeSync } from '../../src/jinja/environment.js';
import { dictEntries, isDict, isUndefined, PySet, PyTuple, pyRepr, typeName } from '../../src/jinja/values.js';
import { caseContext } from './harness.js';

interface NativeCase {
  readonly template: string;
  readonly value?: unknown;
  readonly error?: string;
}

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../cases/jinja/${name}.json`, import.meta.url), 'utf8'));
const recorded = read('native') as readonly NativeCase[];
const { context } = read('oracle') as { readonly context: Record<string, unknown> };

/** A value with its type, as the recording has it. */
function typed(value: unknown): unknown {
  if (isUndefined(value)) return { Undefined: 'Undefined' };
  if (Array.isArray(value)) return { list: value.map(typed) };
  if (value instanceof PyTuple) return { tuple: value.items.map(typed) };
  if (value instanceof PySet) return { set: pyRepr(value) };
  if (isDict(value)) return { dict: [...dictEntries(value)].map(([k, v]) => [typed(k), typed(v)]) };
  return { [typeName(value)]: typeof value === 'string' ? value : pyRepr(value) };
}

describe('native rendering', () => {
  it.each(recorded)('$template', (item) => {
    let value: unknown;
    try {
      value = renderNativeSync(item.template, caseContext(context, {}), { file: 'models/schema.yml', firstLine: 3 });
    } catch (error) {
      if (!isDbtError(error)) throw error;
      expect(item.error, error.message).toBeDefined();
      expect(error.diagnostic.span?.line).toBe(3);
      return;
    }
    expect(item.error).toBeUndefined();
    expect(typed(value)).toEqual(item.value);
  });
});
