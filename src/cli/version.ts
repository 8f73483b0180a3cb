import { readFileSync } from 'node:fs';
import { DBT_VERSION } from '../contracts/dbt-version.js';

/** The version of tsdbt, from its package.json. */
export function tsdbtVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** What `--version` prints. */
export function versionText(): string {
  return `tsdbt ${tsdbtVersion()}\n  presents dbt ${DBT_VERSION}\n  node ${process.version}\n`;
}
