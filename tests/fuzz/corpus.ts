import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The repository: vitest and run.mjs both work in it. */
const ROOT = process.cwd();

/** The texts of the files of these extensions below directories, in the order of their names. */
export function filesOf(directories: readonly string[], extensions: readonly string[]): string[] {
  return directories.flatMap((directory) =>
    readdirSync(join(ROOT, directory), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && extensions.some((extension) => entry.name.endsWith(extension)))
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => readFileSync(path, 'latin1'))
      .map((text) => Buffer.from(text, 'latin1').toString('utf8'))
      .filter((text) => text !== ''),
  );
}

/** A file of the tests' cases, read as JSON. */
export function caseJson<T>(path: string): T {
  return JSON.parse(readFileSync(join(ROOT, 'tests/cases', path), 'utf8')) as T;
}

/** Every text under a key of some JSON value. */
export function textsUnder(value: unknown, keys: readonly string[], found: string[] = []): string[] {
  if (value === null || typeof value !== 'object') return found;
  for (const [key, item] of Object.entries(value)) {
    if (typeof item === 'string' && keys.includes(key)) found.push(item);
    else if (key === 'macros' && item !== null && typeof item === 'object') {
      found.push(...Object.values(item).filter((text): text is string => typeof text === 'string'));
    } else textsUnder(item, keys, found);
  }
  return found;
}

let templates: readonly string[] | undefined;

/** Jinja of this repository: the recorded cases, the built-in macros, the flagship, the cases' models and macros. */
export function templateCorpus(): readonly string[] {
  if (!templates) {
    const recorded = ['oracle', 'recorded', 'surface', 'native', 'blocks', 'hostile'].flatMap((name) =>
      textsUnder(caseJson(`jinja/${name}.json`), ['template', 'text', 'input']),
    );
    const files = filesOf(
      ['src/builtin/macros', 'src/adapters/duckdb/include', 'macros', 'models', 'tests/cases/parse'],
      ['.sql'],
    );
    // The cases are small and dense: they weigh as much as all the files.
    templates = [...recorded, ...files];
  }
  return templates;
}

let documents: readonly string[] | undefined;

/** YAML of this repository. */
export function yamlCorpus(): readonly string[] {
  documents ??= filesOf(['tests/cases/yaml', 'tests/cases/parse', 'tests/cases/select', 'models'], ['.yml', '.yaml']);
  return documents;
}
