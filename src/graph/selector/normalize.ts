import type { Json, JsonObject } from '../../contracts/common.js';
import { parseCriterionFields } from './spec.js';

/**
 * The `selectors` of a manifest: each element of `selectors:` in selectors.yml with its criteria spelled out, and the
 * selectors that it uses in place of their names, as dbt writes them. Expects definitions that `parseDefinitions`
 * accepts.
 */
export function normalizeDefinitions(selectors: readonly JsonObject[]): { readonly [name: string]: JsonObject } {
  const out: Record<string, JsonObject> = {};
  for (const selector of selectors) {
    const name = (selector as JsonObject | null)?.['name'];
    if (typeof name !== 'string') continue;
    out[name] = { ...selector, definition: normalize(selector['definition'] ?? null, out) };
  }
  return out;
}

function normalize(definition: Json, known: { readonly [name: string]: JsonObject }): Json {
  if (typeof definition === 'string') return parseCriterionFields(definition);
  if (typeof definition !== 'object' || definition === null || Array.isArray(definition)) return definition;
  const fields = definition as JsonObject;
  for (const kind of ['union', 'intersection']) {
    const parts = fields[kind];
    if (Array.isArray(parts)) return { [kind]: parts.map((part) => normalize(part, known)) };
  }
  const [key] = Object.keys(fields);
  if (key === undefined) return definition;
  const value = fields[key] as Json;
  const spelled = Array.isArray(value) ? value.map((part) => normalize(part, known)) : value;
  if (key === 'exclude') return { exclude: spelled };
  if (Object.keys(fields).length === 1) return { method: key, value: spelled };
  if (key === 'method' && value === 'selector') return known[String(fields['value'])]?.['definition'] ?? null;
  return definition;
}
