import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/contracts/common.js';
import { DbtError } from '../../src/diagnostics/errors.js';
import { createGraph } from '../../src/graph/create-graph.js';
import { fnmatch } from '../../src/graph/selector/fnmatch.js';
import { METHOD_NAMES } from '../../src/graph/selector/method-names.js';
import { type SelectOptions, selectNodes } from '../../src/graph/selector/select-nodes.js';
import { seeded } from './random-manifest.js';
import { manifest } from './select-cases.js';

const graph = createGraph(manifest);
const select = (text: string, more: Partial<SelectOptions> = {}): Set<string> =>
  new Set(
    selectNodes({ manifest, graph, select: [text], indirectSelection: 'empty', includeEmptyNodes: true, ...more }).ids,
  );

const union = (...sets: ReadonlySet<string>[]): Set<string> => new Set(sets.flatMap((set) => [...set]));
const keep = (set: Set<string>, test: (id: string) => boolean): Set<string> => new Set([...set].filter(test));

function caught(action: () => unknown): DbtError {
  try {
    action();
  } catch (error) {
    if (error instanceof DbtError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('fnmatch as in Python', () => {
  const folder = join(dirname(fileURLToPath(import.meta.url)), '../cases/graph');
  const cases = JSON.parse(readFileSync(join(folder, 'fnmatch.json'), 'utf8')) as [string, string, boolean][];
  it(`gives Python's answer ${cases.length} times`, () => {
    for (const [name, pattern, expected] of cases) {
      expect(fnmatch(name, pattern), JSON.stringify([name, pattern])).toBe(expected);
    }
  });
  it('does not run away', () => {
    expect(fnmatch('a'.repeat(1_000), `${'*a'.repeat(300)}b`)).toBe(false);
  });
});

describe('operators', () => {
  const names = Object.values(manifest.nodes).filter((node) => node.resource_type === 'model');
  it.each(names.map((node) => [node.fqn.join('.'), node.unique_id] as const))('%s', (name, id) => {
    const own = select(name);
    if (id.endsWith('.revenue')) return; // its unit test has the same path
    expect(own).toEqual(new Set([id]));
    expect(select(`+${name}`)).toEqual(union(own, graph.ancestors(id)));
    expect(select(`${name}+`)).toEqual(union(own, graph.descendants(id)));
    expect(select(`+${name}+`)).toEqual(union(select(`+${name}`), select(`${name}+`)));
    for (const depth of [1, 2, 3]) {
      expect(select(`${depth}+${name}`)).toEqual(union(own, graph.ancestors(id, depth)));
      expect(select(`${name}+${depth}`)).toEqual(union(own, graph.descendants(id, depth)));
    }
    const at = select(`@${name}`);
    expect(at).toEqual(union(own, graph.descendants(id), graph.ancestors(union(own, graph.descendants(id)))));
  });

  it('combine as sets', () => {
    const parts = ['tag:nightly', '+fct_orders', 'path:models/marts', 'source:raw+', 'resource_type:test'];
    for (const a of parts) {
      for (const b of parts) {
        expect(select(`${a} ${b}`)).toEqual(union(select(a), select(b)));
        expect(select(`${a},${b}`)).toEqual(keep(select(a), (id) => select(b).has(id)));
        expect(select(a, { exclude: [b] })).toEqual(keep(select(a), (id) => !select(b).has(id)));
      }
    }
  });
});

describe('wrong selectors', () => {
  it.each([
    ['tags:x', 'selector-method-unknown', "Did you mean 'tag'?"],
    ['resourcetype:x', 'selector-method-unknown', "Did you mean 'resource_type'?"],
    ['@x+', 'selector-invalid', 'already selects'],
    ['resource_type:modle', 'selector-invalid', "Did you mean 'model'?"],
    ['source:a.b.c.d', 'selector-invalid', 'source:package.source_name.table_name'],
    ['path:/etc', 'selector-invalid', 'relative to the project'],
    ['state:modified', 'state-missing', '--state'],
    ['result:error', 'state-missing', '--state'],
    ['source_status:fresher', 'state-missing', '--state'],
    ['version:newest', 'selector-invalid', 'latest, prerelease, old and none'],
    ['test_type:foo', 'selector-invalid', 'generic, singular'],
  ])('%s: %s', (text, code, hint) => {
    const error = caught(() => select(text));
    expect(error.code).toBe(code);
    expect(error.diagnostic.hint).toContain(hint);
  });

  const broken: readonly (readonly [string, JsonObject])[] = [
    ['a list', { name: 'x', definition: ['a'] }],
    ['no name', { definition: 'a' }],
    ['no definition', { name: 'x' }],
    ['two keys at the root', { name: 'x', definition: { union: ['a'], intersection: ['b'] } }],
    ['union of no list', { name: 'x', definition: { union: 'a' } }],
    ['a number in a list', { name: 'x', definition: { union: [1] } }],
    ['two excludes', { name: 'x', definition: { union: ['a', { exclude: ['b'] }, { exclude: ['c'] }] } }],
    ['no value', { name: 'x', definition: { method: 'tag', parents: true } }],
    ['a list as value', { name: 'x', definition: { tag: ['a', 'b'] } }],
    ['another selector that is not there', { name: 'x', definition: { method: 'selector', value: 'y' } }],
    ['unknown mode', { name: 'x', definition: { method: 'tag', value: 'a', indirect_selection: 'lazy' } }],
  ];
  it.each(broken)('selectors.yml with %s', (_what, selector) => {
    expect(caught(() => select('*', { selectors: [selector] })).code).toBe('selector-definition');
  });

  it('names the selectors that there are', () => {
    const selectors: JsonObject[] = [{ name: 'nightly', definition: 'tag:nightly' }];
    const error = caught(() => select('*', { selectors, selector: 'nigthly' }));
    expect(error.code).toBe('selector-unknown');
    expect(error.diagnostic.hint).toContain("Did you mean 'nightly'?");
  });
});

describe('default selector', () => {
  const selectors: JsonObject[] = [{ name: 'mine', default: true, definition: 'stg_orders' }];
  it('is used when nothing is asked for', () => {
    const selection = selectNodes({ manifest, graph, selectors, indirectSelection: 'empty' });
    expect(selection).toMatchObject({ defaultSelector: 'mine', ids: new Set(['model.select_demo.stg_orders']) });
    expect(selectNodes({ manifest, graph, selectors, exclude: ['stg_orders'] }).defaultSelector).toBeUndefined();
  });
});

describe('any text', () => {
  it('is a selection or a DbtError', () => {
    const random = seeded(11);
    const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
    const scraps = [
      ...METHOD_NAMES,
      'stg_orders',
      '*',
      '[',
      ']',
      '!',
      '?',
      '+',
      '@',
      ',',
      ' ',
      ':',
      '.',
      '..',
      '/',
      '1',
      '99',
      '-',
      '**',
      '\n',
      'é',
      '😀',
      '\u0000',
      'constructor',
      '__proto__',
      'config.meta',
      'true',
      '\\',
      '(',
      '${x}',
      'models',
      'raw.orders',
      'x'.repeat(300),
    ];
    for (let round = 0; round < 2_000; round++) {
      const text = Array.from({ length: 1 + Math.floor(random() * 8) }, () => pick(scraps)).join('');
      const indirectSelection = pick(['eager', 'cautious', 'buildable', 'empty'] as const);
      try {
        for (const id of select(text, { indirectSelection })) expect(graph.has(id)).toBe(true);
      } catch (error) {
        if (!(error instanceof DbtError))
          throw new Error(`${JSON.stringify(text)}: ${String(error)}`, { cause: error });
      }
    }
  });
});
