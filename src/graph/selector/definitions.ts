import type { Json, JsonObject } from '../../contracts/common.js';
import { didYouMean } from '../../diagnostics/did-you-mean.js';
import { DbtError } from '../../diagnostics/errors.js';
import { parseMethod } from './method-names.js';
import {
  type Criterion,
  checked,
  defaultMethod,
  type IndirectSelection,
  parseCriterion,
  type SelectorValue,
  type Spec,
} from './spec.js';

const MODES: readonly string[] = ['eager', 'cautious', 'buildable', 'empty'];

/** The selectors of a selectors.yml, parsed. */
export interface SelectorDefinitions {
  readonly specs: ReadonlyMap<string, Spec>;
  /** Those with `default: true`. */
  readonly defaults: readonly string[];
}

/**
 * Parses the elements of `selectors:` in selectors.yml, rendered. A definition can use (`method: selector`) only those
 * that stand above it.
 *
 * @throws DbtError `selector-definition`, `selector-invalid`, `selector-method-unknown`
 */
export function parseDefinitions(
  selectors: readonly JsonObject[],
  indirectSelection: IndirectSelection,
): SelectorDefinitions {
  const specs = new Map<string, Spec>();
  const defaults: string[] = [];
  for (const selector of selectors) {
    if (!isObject(selector)) throw malformed('A selector must be a dictionary', selector);
    const { name, definition } = selector;
    if (typeof name !== 'string') throw malformed('A selector needs a name', selector);
    if (definition === undefined) throw malformed(`The selector '${name}' has no definition`, selector);
    if (selector['default'] === true) defaults.push(name);
    specs.set(name, parseRoot(definition, { specs, indirectSelection, name }));
  }
  return { specs, defaults };
}

/**
 * The name of the selector that is used when nothing else is asked for.
 *
 * @throws DbtError `selector-definition` when there are several.
 */
export function defaultOf({ defaults }: SelectorDefinitions): string | undefined {
  if (defaults.length > 1) {
    throw malformed(`Found multiple selectors with \`default: true\`: ${defaults.join(' and ')}`);
  }
  return defaults[0];
}

/**
 * The definition of that name.
 *
 * @throws DbtError `selector-unknown`
 */
export function definitionNamed(definitions: SelectorDefinitions, name: string): Spec {
  const spec = definitions.specs.get(name);
  if (spec) return spec;
  const names = [...definitions.specs.keys()];
  const near = didYouMean(name, names);
  throw new DbtError('selector-unknown', `Could not find selector named ${name}`, {
    hint: `${near ? `${near} ` : ''}${names.length > 0 ? `selectors.yml defines ${names.join(', ')}.` : 'The project has no selectors.yml, or it defines none.'}`,
  });
}

interface Scope {
  readonly specs: ReadonlyMap<string, Spec>;
  readonly indirectSelection: IndirectSelection;
  readonly name: string;
}

function parseRoot(definition: Json, scope: Scope): Spec {
  if (isObject(definition)) {
    const keys = Object.keys(definition);
    if (keys.length > 1 && (keys.includes('union') || keys.includes('intersection'))) {
      throw malformed(
        `Only a single 'union' or 'intersection' key is allowed in a root level selector definition; found ${keys.join(',')}`,
        definition,
      );
    }
  } else if (typeof definition !== 'string') {
    throw malformed(`The definition of the selector '${scope.name}' must be text or a dictionary`, definition);
  }
  return parseDefinition(definition, scope);
}

function parseDefinition(definition: Json, scope: Scope): Spec {
  if (typeof definition === 'string') return parseCriterion(definition, scope.indirectSelection);
  if (!isObject(definition)) throw malformed('Expected text or a dictionary', definition);
  if ('union' in definition) return parseSet('union', definition, scope);
  if ('intersection' in definition) return parseSet('intersection', definition, scope);
  return parseDictionary(definition, scope);
}

function parseSet(kind: 'union' | 'intersection', definition: JsonObject, scope: Scope): Spec {
  const parts: Spec[] = [];
  let excluded: Spec | undefined;
  let excludes = 0;
  for (const part of listOf(definition, kind)) {
    if (isObject(part) && 'exclude' in part) {
      if (++excludes > 1) {
        throw malformed('You cannot provide multiple exclude arguments to the same selector set operator', definition);
      }
      excluded = parseExclusions(part, scope);
    } else {
      parts.push(parseDefinition(part, scope));
    }
  }
  return without({ kind, parts, indirectSelection: 'eager' }, excluded);
}

function parseExclusions(definition: JsonObject, scope: Scope): Spec | undefined {
  const parts = listOf(definition, 'exclude').map((part) => parseDefinition(part, scope));
  return parts.length > 1 ? { kind: 'union', parts, indirectSelection: 'eager' } : parts[0];
}

function parseDictionary(definition: JsonObject, scope: Scope): Spec {
  const keys = Object.keys(definition);
  const only = keys.length === 1 ? (keys[0] as string) : undefined;
  if (only !== undefined) return criterionOf({ method: only, value: definition[only] ?? null }, definition, scope);
  if (definition['method'] === 'selector') {
    const { value: name } = definition;
    const spec = typeof name === 'string' ? scope.specs.get(name) : undefined;
    if (!spec) throw malformed(`Existing selector definition for ${String(name)} not found`, definition);
    return spec;
  }
  if (!('method' in definition && 'value' in definition)) {
    throw malformed(`Expected either 1 key or else "method" and "value" keys, but got ${keys.join(', ')}`, definition);
  }
  const excluded = 'exclude' in definition ? parseExclusions(definition, scope) : undefined;
  return without(criterionOf(definition, definition, scope), excluded);
}

function criterionOf(fields: JsonObject, definition: JsonObject, scope: Scope): Criterion {
  const raw = JSON.stringify(definition);
  const { method, value = null, indirect_selection: mode } = fields;
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
    throw malformed('The value of a selector must be text, a number or true or false', definition);
  }
  if (mode !== undefined && !(typeof mode === 'string' && MODES.includes(mode))) {
    throw malformed(`indirect_selection must be one of ${MODES.join(', ')}`, definition);
  }
  if (method !== null && typeof method !== 'string') throw malformed('The method must be text', definition);
  return checked(raw, {
    kind: 'criterion',
    ...(method === null ? { method: defaultMethod(String(value)), args: [] } : parseMethod(method, raw)),
    value: value as SelectorValue,
    childrensParents: isTruthy(fields['childrens_parents']),
    parents: isTruthy(fields['parents']),
    parentsDepth: depthOf(fields['parents_depth'], definition),
    children: isTruthy(fields['children']),
    childrenDepth: depthOf(fields['children_depth'], definition),
    indirectSelection: (mode as IndirectSelection | undefined) ?? scope.indirectSelection,
  });
}

function without(spec: Spec, excluded: Spec | undefined): Spec {
  return excluded ? { kind: 'difference', parts: [spec, excluded], indirectSelection: 'eager' } : spec;
}

function listOf(definition: JsonObject, key: string): readonly (JsonObject | string)[] {
  const values = definition[key];
  if (!Array.isArray(values)) throw malformed(`Invalid value for key "${key}". Expected a list`, definition);
  for (const value of values) {
    if (typeof value !== 'string' && !isObject(value)) {
      throw malformed(`Invalid value in "${key}", expected text or a dictionary`, value);
    }
  }
  return values;
}

/** 0 is as good as absent, as in dbt: without limit. */
function depthOf(value: Json | undefined, definition: JsonObject): number | undefined {
  if (!value) return undefined;
  const depth = typeof value === 'object' ? Number.NaN : Number(value);
  if (!Number.isInteger(depth)) throw malformed(`Invalid depth ${JSON.stringify(value)}`, definition);
  return depth;
}

function isTruthy(value: Json | undefined): boolean {
  return Array.isArray(value) ? value.length > 0 : isObject(value) ? Object.keys(value).length > 0 : Boolean(value);
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function malformed(message: string, where?: Json): DbtError {
  return new DbtError('selector-definition', message, {
    hint: `${where === undefined ? '' : `In ${JSON.stringify(where)}. `}See selectors.yml.`,
  });
}
