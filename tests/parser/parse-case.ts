import { cpSync, existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { adapterPlugin } from '../../src/adapters/registry.js';
import { semanticManifest } from '../../src/artifacts/semantic-manifest.js';
import { resolveFlags } from '../../src/config/flags.js';
import { loadRuntimeConfig } from '../../src/config/runtime-config.js';
import type { ConfigWarning } from '../../src/config/warnings.js';
import type { Manifest } from '../../src/contracts/manifest.js';
import { DbtError } from '../../src/diagnostics/errors.js';
import { parseProject } from '../../src/parser/parse-project.js';

/** The directories of the cases: each a project and what dbt made of it. */
export const CASES = resolve(import.meta.dirname, '../cases/parse');

export type Plain = { [key: string]: unknown };

/** What a case's project gives: a manifest, or the error that it is refused with. */
export interface Outcome {
  readonly manifest?: Plain;
  readonly semantic?: Plain;
  readonly error?: DbtError;
  readonly warnings: readonly ConfigWarning[];
}

/** Parses a case's project in a directory of its own. */
export async function parseCase(name: string): Promise<Outcome> {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'tsdbt-parse-')));
  const root = join(base, 'p');
  cpSync(join(CASES, name, 'project'), root, { recursive: true });
  try {
    return await parseProjectAt(root, base);
  } finally {
    rmSync(base, { recursive: true, force: true });
  }
}

/** Parses the project of a directory. */
export async function parseProjectAt(root: string, home: string): Promise<Outcome> {
  const warnings: ConfigWarning[] = [];
  const warn = (warning: ConfigWarning): void => void warnings.push(warning);
  try {
    const packages = join(root, 'packages.yml');
    if (existsSync(packages)) {
      for (const [, name = ''] of readFileSync(packages, 'utf8').matchAll(/local: (\w+)/g))
        cpSync(join(root, name), join(root, 'dbt_packages', name), { recursive: true });
    }
    const env = { HOME: home, DBT_CASE_VALUE: 'from the environment' };
    const { flags } = resolveFlags('parse', 'dbt parse', { project_dir: root, profiles_dir: root }, env, root);
    const config = loadRuntimeConfig(flags, env, root, { plugin: adapterPlugin, warn });
    const plugin = adapterPlugin(config.target.type);
    const { manifest } = await parseProject(config, plugin.create(config), plugin, { warn });
    const semantic = JSON.parse(JSON.stringify(semanticManifest(manifest))) as Plain;
    return { manifest: normalise(manifest, root), semantic, warnings };
  } catch (error) {
    if (!(error instanceof DbtError)) throw error;
    return { error, warnings };
  }
}

const INTERNAL = new Set(['dbt', 'dbt_duckdb']);
const EMPTY_WHEN_UNUSED = ['metrics', 'saved_queries', 'semantic_models', 'unit_tests', 'functions', 'selectors'];

/** The manifest as the recorder writes dbt's: without times, ids of the invocation, absolute paths, internal macros. */
function normalise(manifest: Manifest, root: string): Plain {
  const text = JSON.stringify(manifest, (key, value) => (key === 'created_at' ? 0 : value)).replaceAll(root, '<root>');
  const data = JSON.parse(text) as { [section: string]: { [id: string]: Plain } };
  const metadata = data['metadata'] as Plain;
  for (const key of ['generated_at', 'invocation_id', 'invocation_started_at', 'run_started_at', 'user_id'])
    metadata[key] = '<varies>';
  delete metadata['send_anonymous_usage_stats'];
  for (const section of ['macros', 'docs']) {
    data[section] = Object.fromEntries(
      Object.entries(data[section] ?? {}).filter(([, m]) => !INTERNAL.has(String(m['package_name']))),
    );
  }
  for (const section of EMPTY_WHEN_UNUSED) if (Object.keys(data[section] ?? {}).length === 0) delete data[section];
  return unordered(data) as Plain;
}

/** Lists whose order dbt leaves to chance (sets) are sorted: the tags of columns. */
export function unordered(data: Plain): Plain {
  for (const section of ['nodes', 'sources']) {
    for (const node of Object.values((data[section] ?? {}) as { [id: string]: Plain })) sortColumnTags(node);
  }
  for (const nodes of Object.values((data['disabled'] ?? {}) as { [id: string]: Plain[] }))
    nodes.forEach(sortColumnTags);
  return data;
}

function sortColumnTags(node: Plain): void {
  for (const column of Object.values(
    (node['columns'] ?? {}) as { [name: string]: { tags: string[]; config: { tags: string[] } } },
  )) {
    column.tags.sort();
    column.config.tags.sort();
  }
}

/** What dbt made of a case. */
export function recorded(name: string, file: 'manifest.json' | 'error.json'): Plain | null {
  const path = join(CASES, name, file);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Plain) : null;
}
