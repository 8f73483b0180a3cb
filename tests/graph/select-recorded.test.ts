import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { JsonObject } from '../../src/contracts/common.js';
import { DbtError } from '../../src/diagnostics/errors.js';
import { createGraph } from '../../src/graph/create-graph.js';
import { normalizeDefinitions } from '../../src/graph/selector/normalize.js';
import { type Selection, selectNodes } from '../../src/graph/selector/select-nodes.js';
import {
  caseFolder,
  LISTED,
  manifest,
  type RecordedSelection,
  selections,
  selectorMethod,
  stateManifest,
} from './select-cases.js';

const graph = createGraph(manifest);
const file = parse(readFileSync(join(caseFolder, 'project/selectors.yml'), 'utf8')) as { selectors: JsonObject[] };

function select(recorded: RecordedSelection): Selection {
  return selectNodes({
    manifest,
    graph,
    select: recorded.select,
    exclude: recorded.exclude,
    selector: recorded.selector ?? null,
    selectors: file.selectors,
    indirectSelection: recorded.indirect_selection ?? 'eager',
    resourceTypes: recorded.resource_types ?? LISTED,
    includeEmptyNodes: true,
    ...(recorded.state && { state: { manifest: stateManifest } }),
  });
}

function title({ ids: _ids, warnings: _warnings, error: _error, ...rest }: RecordedSelection): string {
  return JSON.stringify(rest);
}

describe('node selection as recorded from dbt ls', () => {
  it('has the cases', () => expect(selections.length).toBeGreaterThan(400));

  it.each(selections.map((recorded) => [title(recorded), recorded] as const))('%s', (_title, recorded) => {
    if (recorded.error !== undefined) {
      expect(() => select(recorded)).toThrow(DbtError);
      return;
    }
    const selection = select(recorded);
    expect([...selection.ids].sort()).toEqual([...(recorded.ids ?? [])].sort());
    expect(selection.warnings.map((warning) => warning.criterion)).toEqual(recorded.warnings);
  });
});

describe("the method 'selector', as recorded from dbt 1.12", () => {
  it.each(selectorMethod.map((recorded) => [title(recorded), recorded] as const))('%s', (_title, recorded) => {
    if (recorded.error !== undefined) {
      expect(() => select(recorded)).toThrow(DbtError);
      return;
    }
    expect([...select(recorded).ids].sort()).toEqual([...(recorded.ids ?? [])].sort());
  });

  it('finds a selector that is defined by itself', () => {
    const selectors = [
      { name: 'a', definition: { union: ['selector:b', 'tag:x'] } },
      { name: 'b', definition: 'selector:a+' },
    ];
    const run = (): unknown => selectNodes({ manifest, graph, select: ['selector:a'], selectors });
    expect(run).toThrow('Circular dependency detected in selector: a -> b -> a');
    const without = (): unknown => selectNodes({ manifest, graph, select: ['selector:a'], selectors: null });
    expect(without).toThrow('Cannot use selector: method if selectors.yml is not provided');
  });
});

describe('selectors.yml in the manifest', () => {
  it('is spelled out as dbt does', () => expect(normalizeDefinitions(file.selectors)).toEqual(manifest.selectors));
});
