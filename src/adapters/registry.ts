import { didYouMean } from '../diagnostics/did-you-mean.js';
import { DbtError } from '../diagnostics/errors.js';
import type { AdapterPlugin } from './base/adapter.js';
import { duckdb } from './duckdb/plugin.js';

/** Every engine, by the `type` of a profile. */
const PLUGINS: { readonly [type: string]: AdapterPlugin } = { duckdb };

/** The types of the engines. */
export function adapterTypes(): readonly string[] {
  return Object.keys(PLUGINS);
}

/**
 * The engine of that type.
 *
 * @throws DbtError `adapter-unknown` when there is none.
 */
export function adapterPlugin(type: string): AdapterPlugin {
  const plugin = Object.hasOwn(PLUGINS, type) ? PLUGINS[type] : undefined;
  if (plugin) return plugin;
  const known = adapterTypes();
  throw new DbtError('adapter-unknown', `Could not find adapter type ${type}!`, {
    hint: didYouMean(type, known) ?? `tsdbt has ${known.join(', ')}; set \`type\` in profiles.yml.`,
  });
}
