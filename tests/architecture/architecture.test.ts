import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const src = resolve(dirname(fileURLToPath(import.meta.url)), '../../src');

/** A folder imports only from folders of a lower rank (docs/architecture.md). */
const RANKS: Readonly<Record<string, number>> = {
  util: 0,
  diagnostics: 1,
  contracts: 2,
  jinja: 2,
  sql: 2,
  typescript: 2,
  events: 3,
  config: 4,
  adapters: 4,
  graph: 4,
  artifacts: 4,
  builtin: 4,
  context: 5,
  deps: 5,
  lineage: 5,
  parser: 6,
  compiler: 6,
  runner: 7,
  docs: 8,
  tasks: 9,
  lsp: 9,
  cli: 10,
  'index.ts': 11,
};

/** The one folder that may import a third-party package. */
const OWNERS: Readonly<Record<string, string>> = {
  commander: 'cli',
  chalk: 'events',
  'string-width': 'events',
  '@dagrejs/graphlib': 'graph',
  yaml: 'config',
  '@duckdb/node-api': 'adapters/duckdb',
  tar: 'deps',
  daff: 'runner',
  acorn: 'typescript',
  '@swc/wasm-typescript': 'typescript',
};

interface Import {
  readonly file: string;
  readonly specifier: string;
}

function sources(): string[] {
  return readdirSync(src, { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile() && e.name.endsWith('.ts'))
    .map((e) => relative(src, join(e.parentPath, e.name)).split(sep).join('/'))
    .filter((file) => !file.startsWith('docs/site/'));
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(src, file), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
  const found: Import[] = [];
  const pattern =
    /^\s*(?:import|export)\b[^'";]*?\bfrom\s*'([^']+)'|^\s*import\s*'([^']+)'|\b(?:import|require|createRequire\(import\.meta\.url\))\(\s*'([^']+)'\s*\)/gm;
  for (const match of text.matchAll(pattern)) {
    const specifier = match[1] ?? match[2] ?? match[3];
    if (specifier) found.push({ file, specifier });
  }
  return found;
}

const folderOf = (file: string): string => file.split('/')[0] ?? file;

const resolveImport = ({ file, specifier }: Import): string =>
  relative(src, resolve(src, dirname(file), specifier))
    .split(sep)
    .join('/')
    .replace(/\.js$/, '.ts');

const files = sources();
const imports = files.flatMap(importsOf);
const internal = imports.filter((i) => i.specifier.startsWith('.'));
const external = imports.filter((i) => !i.specifier.startsWith('.') && !i.specifier.startsWith('node:'));

describe('architecture', () => {
  it('sees the sources', () => {
    expect(files.length).toBeGreaterThan(20);
    expect(internal.length).toBeGreaterThan(20);
  });

  it('gives each folder a rank', () => {
    expect([...new Set(files.map(folderOf))].filter((f) => !(f in RANKS))).toEqual([]);
  });

  it('imports only from lower ranks, type imports included', () => {
    const wrong = internal.filter((i) => {
      const from = folderOf(i.file);
      const to = folderOf(resolveImport(i));
      return from !== to && (RANKS[to] ?? 99) >= (RANKS[from] ?? -1);
    });
    expect(wrong.map((i) => `${i.file} -> ${resolveImport(i)}`)).toEqual([]);
  });

  it('has no cycle between files', () => {
    const edges = new Map<string, string[]>();
    for (const i of internal) edges.set(i.file, [...(edges.get(i.file) ?? []), resolveImport(i)]);
    const state = new Map<string, 'open' | 'done'>();
    const cycles: string[] = [];
    const visit = (file: string, path: readonly string[]): void => {
      if (state.get(file) === 'done') return;
      if (state.get(file) === 'open') {
        cycles.push([...path.slice(path.indexOf(file)), file].join(' -> '));
        return;
      }
      state.set(file, 'open');
      for (const next of edges.get(file) ?? []) visit(next, [...path, file]);
      state.set(file, 'done');
    };
    for (const file of files) visit(file, []);
    expect(cycles).toEqual([]);
  });

  it('lets only its owner import a third-party package', () => {
    const wrong = external.filter((i) => {
      const name = i.specifier.startsWith('@')
        ? i.specifier.split('/').slice(0, 2).join('/')
        : i.specifier.split('/')[0];
      const owner = OWNERS[name ?? ''];
      return owner === undefined || !i.file.startsWith(`${owner}/`);
    });
    expect(wrong.map((i) => `${i.file} -> ${i.specifier}`)).toEqual([]);
  });

  it('keeps util small and files readable', () => {
    expect(files.filter((f) => f.startsWith('util/')).length).toBeLessThanOrEqual(8);
    const long = files.filter((f) => readFileSync(join(src, f), 'utf8').split('\n').length > 700);
    expect(long).toEqual([]);
  });

  it('has no default exports and no barrels but index.ts and registries', () => {
    const wrong = files.filter((f) => {
      const text = readFileSync(join(src, f), 'utf8');
      if (/^export default /m.test(text)) return true;
      const barrel = /^export \* from /m.test(text);
      return barrel && !/(^|\/)(index|registry)\.ts$/.test(f);
    });
    expect(wrong).toEqual([]);
  });
});
