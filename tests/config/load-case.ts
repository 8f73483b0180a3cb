import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { resolveFlags } from '../../src/config/flags.js';
import { loadRuntimeConfig } from '../../src/config/runtime-config.js';
import type { ConfigWarning } from '../../src/config/warnings.js';
import { readYaml } from '../../src/config/yaml.js';
import type { RuntimeConfig } from '../../src/contracts/runtime-config.js';
import { DbtError } from '../../src/diagnostics/errors.js';
import { toPlain } from '../../src/jinja/values.js';

/** A case of tests/cases/config: a project in files, flags and an environment. */
export interface ConfigCase {
  readonly files?: { readonly [path: string]: string | null };
  readonly flags?: { readonly [name: string]: unknown };
  readonly env?: { readonly [name: string]: string };
  readonly dir?: string;
  readonly show_flags?: readonly string[];
  /** dbt refuses the project and tsdbt has it, with these packages; or tsdbt refuses it with this error, and dbt does not. */
  readonly deviates?: { readonly reason: string } & (
    | { readonly packages: readonly string[] }
    | { readonly error: string }
  );
}

/** What came of a case. */
export interface Outcome {
  readonly config?: RuntimeConfig;
  readonly more?: { readonly [name: string]: unknown };
  readonly error?: DbtError;
  readonly warnings: readonly ConfigWarning[];
}

const CASES = join(import.meta.dirname, '../cases/config');

const DEFAULT_FILES = {
  'dbt_project.yml': "name: demo\nversion: '1.0'\nprofile: demo\n",
  'profiles.yml': 'demo:\n  target: dev\n  outputs:\n    dev: {type: duckdb}\n',
};

/** An engine that takes what DuckDB takes, as far as configuration is concerned. */
export const ENGINE = {
  parseCredentials: (output: { readonly [key: string]: unknown }) => {
    const path = String(output['path'] ?? ':memory:');
    const database = path === ':memory:' ? 'memory' : path.replace(/\.[^.]*$/, '');
    return { database, schema: String(output['schema'] ?? 'main'), threads: 1, credentials: output };
  },
  targetContext: (target: { readonly database: string; readonly schema: string }) => ({
    database: target.database,
    schema: target.schema,
  }),
};

export function allCases(): readonly (readonly [name: string, ConfigCase])[] {
  return readdirSync(CASES)
    .filter((file) => file.endsWith('.yml'))
    .sort()
    .flatMap((file) => {
      const cases = readYaml(readFileSync(join(CASES, file), 'utf8'), file).value as { [name: string]: ConfigCase };
      return Object.entries(cases).map(([name, value]) => [`${file.slice(0, -4)}/${name}`, value] as const);
    });
}

/** Writes the files of a case to a directory of its own, loads them and removes it. Paths in it read `<root>`. */
export function loadCase(config: ConfigCase): Outcome {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'tsdbt-config-')));
  const root = join(base, config.dir ?? 'project');
  mkdirSync(root);
  for (const [name, text] of Object.entries({ ...DEFAULT_FILES, ...config.files })) {
    if (text === null) continue;
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  const warnings: ConfigWarning[] = [];
  const scrub = (value: unknown): unknown =>
    JSON.parse(
      JSON.stringify(toPlain(value), (_key, item) => (typeof item === 'bigint' ? Number(item) : item)).replaceAll(
        root,
        '<root>',
      ),
    );
  try {
    const env = { HOME: base, ...config.env };
    const given = { project_dir: root, profiles_dir: root, ...config.flags };
    const resolved = resolveFlags('parse', 'dbt parse', given, env, root);
    warnings.push(...resolved.warnings);
    const loaded = loadRuntimeConfig(resolved.flags, env, root, {
      plugin: (type) => {
        if (type === 'duckdb') return ENGINE;
        throw new DbtError('adapter-unknown', `Could not find adapter type ${type}!`, { hint: 'There is duckdb.' });
      },
      warn: (warning) => warnings.push(warning),
    });
    const packages = new Map([...loaded.packages].map(([name, project]) => [name, scrub(project)]));
    const { project, target, flags, selectors } = loaded;
    const config_ = { ...loaded, project: scrub(project), target: scrub(target), flags, selectors, packages };
    return { config: config_ as unknown as RuntimeConfig, more: resolved.more, warnings };
  } catch (error) {
    if (!(error instanceof DbtError)) throw error;
    return { error, warnings };
  } finally {
    rmSync(base, { recursive: true, force: true });
  }
}
