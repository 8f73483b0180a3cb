import { fileURLToPath } from 'node:url';
import type { AdapterPlugin } from '../base/adapter.js';
import { type DuckDbCredentials, parseCredentials } from './credentials.js';
import { DuckDbAdapter } from './duckdb-adapter.js';

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
    return {
      ...(target.credentials['shown'] as object),
      type: target.type,
      threads: target.threads,
      name: target.target_name,
      target_name: target.target_name,
      profile_name: target.profile_name,
    };
  },
  sampleProfile: {
    outputs: {
      dev: { type: 'duckdb', path: 'dev.duckdb', threads: 1 },
      prod: { type: 'duckdb', path: 'prod.duckdb', threads: 4 },
    },
    target: 'dev',
  },
  connectionInfo: (target) => Object.entries(target.credentials['shown'] as object),
  probe: async (target, cwd, hooks) => {
    const { probe } = await import('./probe.js');
    return probe(target.credentials as DuckDbCredentials, cwd, hooks);
  },
  hold: async (target, cwd, hooks) => {
    const { holdDatabase } = await import('./hold.js');
    return holdDatabase(target.credentials as DuckDbCredentials, cwd, hooks);
  },
  create: (config, hooks) => new DuckDbAdapter(config, hooks),
};
