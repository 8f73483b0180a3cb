import { PyError } from '../errors.js';
import type { FilterFunction, Registry } from '../runtime/functions.js';
import type { RenderState } from '../runtime/state.js';
import { iterate, truthy } from '../values/iterate.js';
import { PyIterator } from '../values/sequence.js';
import { pyStr } from '../values/text.js';
import { attributeGetter, filterArgumentError } from './helpers.js';

type Keywords = ReadonlyMap<string, unknown>;

/** The filters that apply other filters and tests by name; they need the registry that they are part of. */
export function selectFilters(registry: () => Registry): Readonly<Record<string, FilterFunction>> {
  const map: FilterFunction = (value, positional, keyword, state) =>
    new PyIterator(
      (function* () {
        if (!truthy(value)) return;
        const apply = mapper(registry(), positional, keyword, state);
        for (const item of iterate(value)) yield apply(item);
      })(),
    );
  const select =
    (keep: boolean, byAttribute: boolean): FilterFunction =>
    (value, positional, keyword, state) =>
      new PyIterator(
        (function* () {
          if (!truthy(value)) return;
          const test = tester(registry(), positional, keyword, state, byAttribute);
          for (const item of iterate(value)) if (test(item) === keep) yield item;
        })(),
      );
  return {
    map,
    reject: select(false, false),
    rejectattr: select(false, true),
    select: select(true, false),
    selectattr: select(true, true),
  };
}

function mapper(
  registry: Registry,
  positional: readonly unknown[],
  keyword: Keywords,
  state: RenderState,
): (item: unknown) => unknown {
  if (positional.length === 0 && keyword.has('attribute')) {
    for (const name of keyword.keys()) {
      if (name !== 'attribute' && name !== 'default')
        throw filterArgumentError(`Unexpected keyword argument '${name}'`);
    }
    return attributeGetter(keyword.get('attribute'), state, keyword.get('default'));
  }
  if (positional.length === 0) throw filterArgumentError('map requires a filter argument');
  const [name, ...rest] = positional;
  const filter = registry.filters.get(pyStr(name));
  if (!filter)
    throw new PyError('TemplateRuntimeError', `No filter named '${pyStr(name)}'.`, {}, 'jinja-filter-unknown');
  return (item) => filter(item, rest, keyword, state);
}

function tester(
  registry: Registry,
  positional: readonly unknown[],
  keyword: Keywords,
  state: RenderState,
  byAttribute: boolean,
): (item: unknown) => boolean {
  let rest = positional;
  let get = (item: unknown): unknown => item;
  if (byAttribute) {
    if (positional.length === 0) throw filterArgumentError('Missing parameter for attribute name');
    get = attributeGetter(positional[0], state);
    rest = positional.slice(1);
  }
  if (rest.length === 0) return (item) => truthy(get(item));
  const [name, ...more] = rest;
  const test = registry.tests.get(pyStr(name));
  if (!test) throw new PyError('TemplateRuntimeError', `No test named '${pyStr(name)}'.`, {}, 'jinja-filter-unknown');
  return (item) => test(get(item), more, keyword, state);
}
