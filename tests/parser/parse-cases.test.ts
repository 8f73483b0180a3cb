import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatSpan } from '../../src/diagnostics/span.js';
import { CASES, type Plain, parseCase, recorded, unordered } from './parse-case.js';

/** Warnings of dbt's that have no counterpart: they are about dbt itself. */
const NOT_OURS = new Set(['MainEncounteredError', 'DeprecationsSummary']);
/** Warnings that dbt does not give. */
const OURS = new Set(['UnknownGenericTest', 'PythonModel']);

/** dbt notes a macro that does not exist as null, which its own schema of the manifest forbids: left out. */
function withoutNullMacros(manifest: Plain): Plain {
  for (const node of Object.values(manifest['nodes'] as { [id: string]: { depends_on: { macros: unknown[] } } })) {
    node.depends_on.macros = node.depends_on.macros.filter((id) => id !== null);
  }
  return manifest;
}

/** Events that a case has besides dbt's. */
function warnsBesides(name: string): readonly string[] {
  const path = join(CASES, name, 'case.json');
  if (!existsSync(path)) return [];
  return (JSON.parse(readFileSync(path, 'utf8')) as { warns?: string[] }).warns ?? [];
}

const cases = readdirSync(CASES).filter((name) => recorded(name, 'manifest.json') !== null);

describe('parse, as dbt', () => {
  it.each(cases)('%s', async (name) => {
    const expected = recorded(name, 'manifest.json') as {
      manifest: Plain;
      semantic_manifest?: Plain;
      warnings: string[];
    };
    const { manifest, semantic, error, warnings } = await parseCase(name);
    if (error) throw error;
    expect(manifest).toEqual(withoutNullMacros(unordered(expected.manifest)));
    if (expected.semantic_manifest) expect(semantic).toEqual(expected.semantic_manifest);
    const events = warnings.map((w) => w.event).filter((event) => !OURS.has(event));
    const more = warnsBesides(name);
    expect(events.sort()).toEqual([...expected.warnings.filter((event) => !NOT_OURS.has(event)), ...more].sort());
  });
});

const places = readdirSync(CASES).filter(
  (name) => existsSync(join(CASES, name, 'case.json')) && recorded(name, 'error.json') === null,
);

describe('parse warns with code and place', () => {
  it.each(places)('%s', async (name) => {
    const { warnings: expected } = JSON.parse(readFileSync(join(CASES, name, 'case.json'), 'utf8')) as {
      warnings?: string[];
    };
    if (expected === undefined) return;
    const { warnings } = await parseCase(name);
    expect(warnings.map(({ code, span }) => `${code} ${span ? formatSpan(span) : '-'}`).sort()).toEqual(
      [...expected].sort(),
    );
  });
});
