import { idsWhere, type SelectorMethod } from '../method.js';
import type { SelectorValue } from '../spec.js';

/** Where the manifest spells a config key otherwise than dbt's configuration object, which selectors speak of. */
const SPELLING: { readonly [key: string]: string } = { pre_hook: 'pre-hook', post_hook: 'post-hook' };

/**
 * `config.materialized:view`, `config.meta.owner:finance`, `config.tags:daily`: nodes and sources whose configuration
 * has that value at that key; a list has it when one element is it. `true` and `false` are written in any case, and so
 * is the value of `config.severity`.
 */
export const config: SelectorMethod = ({ resources }, value, args) => {
  const anyCase = args.length === 1 && args[0] === 'severity';
  return idsWhere([...resources.nodes, ...resources.sources], (resource) => {
    const found = descend(resource.config, args);
    return Array.isArray(found) ? found.some((item) => matches(item, value, anyCase)) : matches(found, value, anyCase);
  });
};

function descend(start: unknown, keys: readonly string[]): unknown {
  let value = start;
  for (const [depth, key] of keys.entries()) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    const spelled = depth === 0 ? (SPELLING[key] ?? key) : key;
    if (!Object.hasOwn(value, spelled)) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[spelled];
  }
  return value;
}

function matches(found: unknown, wanted: SelectorValue, anyCase: boolean): boolean {
  const text = String(wanted).toUpperCase();
  if (found === true) return text === 'TRUE' || wanted === 1;
  if (found === false) return text === 'FALSE' || wanted === 0;
  if (anyCase && typeof found === 'string') return found.toUpperCase() === text;
  // True is 1 in Python.
  if (typeof found === 'number' && typeof wanted === 'boolean') return found === Number(wanted);
  return found === wanted;
}
