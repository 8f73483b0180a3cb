import { fileURLToPath } from 'node:url';
import type { AdapterPlugin } from '../base/adapter.js';
import { parseCredentials } from './credentials.js';
import { DuckDbAdapter } from './duckdb-adapter.js';

/** The keys of the output that Jinja's `target` shows, as dbt-duckdb lists them. */
const SHOWN = [
  'database',
  'schema',
  'path',
  'config_options',
  'extensions',
  'settings',
  'external_root',
  'use_credential_provider',
  'attach',
  'filesystems',
  'remote',
  'plugins',
  'disable_transactions',
];

/** DuckDB for the registry. */
export const duckdb: AdapterPlugin = {
  type: 'duckdb',
  packageName: 'dbt_duckdb',
  includeDir: fileURLToPath(new URL('./include', import.meta.url)),
  parseCredentials(output, place) {
    const credentials = parseCredentials(output, place);
    const { database, schema, threads } = credentials;
    return { database, schema, threads, credentials };
  },
  targetContext(target) {
    const shown: { [name: string]: unknown } = {};
    for (const name of SHOWN) shown[name] = target.credentials[name] ?? null;
    return {
      ...shown,
      type: target.type,
      threads: target.threads,
      name: target.target_name,
      target_name: target.target_name,
      profile_name: target.profile_name,
    };
  },
  create: (config) => new DuckDbAdapter(config),
};
