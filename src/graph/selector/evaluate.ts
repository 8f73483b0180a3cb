import type { UniqueId } from '../../contracts/common.js';
import { didYouMean } from '../../diagnostics/did-you-mean.js';
import { DbtError } from '../../diagnostics/errors.js';
import type { Graph } from '../graph.js';
import { fnmatch } from './fnmatch.js';
import { textValue } from './method.js';
import { METHODS } from './methods.js';
import type { SelectorContext } from './resources.js';
import type { Combination, Criterion, IndirectSelection, Spec } from './spec.js';

type Ids = Set<UniqueId>;

/** Selected nodes, and tests that may come along if the rest of what they read is selected elsewhere. */
interface Found {
  readonly direct: Ids;
  readonly indirect: Ids;
}

/**
 * Resolves a spec to nodes, with dbt's rules for tests that come along with what they test.
 *
 * @param named The selectors of selectors.yml, for the method `selector`.
 * @param onEmpty Called with each criterion of the command line that matches nothing.
 */
export function evaluate(
  spec: Spec,
  graph: Graph,
  context: SelectorContext,
  named: ReadonlyMap<string, Spec>,
  onEmpty: (raw: string) => void,
): Ids {
  /** The selectors that are being resolved, outermost first. */
  const open: string[] = [];
  return select(spec).direct;

  function select(part: Spec): Found {
    if (part.kind === 'criterion') return criterion(part);
    const found = part.parts.map(select);
    const indirect = combine(
      part.kind,
      found.map((f) => union([f.direct, f.indirect])),
    );
    const direct = incorporate(
      combine(
        part.kind,
        found.map((f) => f.direct),
      ),
      indirect,
      part.indirectSelection,
    );
    if (part.expected !== undefined && direct.size === 0) onEmpty(part.expected);
    return { direct, indirect };
  }

  function criterion(part: Criterion): Found {
    const matched =
      part.method === 'selector'
        ? bySelector(textValue(part.value, 'selector'))
        : new Set(METHODS[part.method](context, part.value, part.args));
    const selected = new Set(matched);
    const add = (ids: Iterable<UniqueId>): void => {
      for (const id of ids) selected.add(id);
    };
    if (part.childrensParents) {
      const below = union([matched, graph.descendants(matched)]);
      add(below);
      add(graph.ancestors(below));
    }
    if (part.parents) add(graph.ancestors(matched, part.parentsDepth));
    if (part.children) add(graph.descendants(matched, part.childrenDepth));
    // A selector has said itself which tests come along.
    return part.indirectSelection === 'empty' || part.method === 'selector'
      ? { direct: selected, indirect: new Set() }
      : withTests(selected, part.indirectSelection);
  }

  /** What the selectors of a name, which may have wildcards, select. */
  function bySelector(pattern: string): Ids {
    const names = [...named.keys()].filter((name) => fnmatch(name, pattern)).sort();
    if (names.length === 0) throw noSelector(pattern, [...named.keys()]);
    return union(
      names.map((name) => {
        if (open.includes(name)) throw circular([...open.slice(open.indexOf(name)), name]);
        open.push(name);
        const found = select(named.get(name) as Spec).direct;
        open.pop();
        return found;
      }),
    );
  }

  /** Adds the tests of selected nodes, or puts them aside until it is known what else is selected. */
  function withTests(selected: Ids, mode: IndirectSelection): Found {
    const direct = new Set(selected);
    const indirect: Ids = new Set();
    const buildable = mode === 'buildable' ? union([selected, graph.ancestors(selected), sourceIds()]) : selected;
    for (const id of selected) {
      for (const child of graph.children(id)) {
        const node = context.resources.byId.get(child);
        if (node?.resource_type !== 'test' && node?.resource_type !== 'unit_test') continue;
        if (mode === 'eager' || isSubset(needs(child), mode === 'buildable' ? buildable : selected)) direct.add(child);
        else indirect.add(child);
      }
    }
    return { direct, indirect };
  }

  /** Adds the tests put aside of which everything they read is selected now. */
  function incorporate(direct: Ids, indirect: Ids, mode: IndirectSelection): Ids {
    if (mode !== 'cautious' && mode !== 'buildable') return direct;
    const selected = new Set(direct);
    const available = mode === 'buildable' ? union([selected, graph.ancestors(selected)]) : selected;
    for (const id of indirect) {
      if (Object.hasOwn(context.manifest.nodes, id) && isSubset(needs(id), available)) selected.add(id);
    }
    return selected;
  }

  function needs(id: UniqueId): readonly UniqueId[] {
    return context.resources.byId.get(id)?.depends_on?.nodes ?? [];
  }

  function sourceIds(): Ids {
    return new Set(Object.keys(context.manifest.sources));
  }
}

function noSelector(pattern: string, names: readonly string[]): DbtError {
  if (names.length === 0) {
    const message = 'Cannot use selector: method if selectors.yml is not provided';
    return new DbtError('selector-unknown', message, { hint: 'Define the selector in selectors.yml.' });
  }
  const message = `Selector '${pattern}' did not match any selector in selectors.yml`;
  const hint = `${didYouMean(pattern, names) ?? ''} selectors.yml defines ${names.join(', ')}.`.trim();
  return new DbtError('selector-unknown', message, { hint });
}

function circular(names: readonly string[]): DbtError {
  const message = `Circular dependency detected in selector: ${names.join(' -> ')}`;
  return new DbtError('selector-definition', message, { hint: 'A selector can not be defined by itself.' });
}

function combine(kind: Combination['kind'], sets: readonly Ids[]): Ids {
  const [first, ...rest] = sets;
  if (!first) return new Set();
  if (kind === 'union') return union(sets);
  const keep =
    kind === 'intersection'
      ? (id: UniqueId) => rest.every((set) => set.has(id))
      : (id: UniqueId) => rest.every((set) => !set.has(id));
  return new Set([...first].filter(keep));
}

function union(sets: readonly Iterable<UniqueId>[]): Ids {
  const out: Ids = new Set();
  for (const set of sets) for (const id of set) out.add(id);
  return out;
}

function isSubset(ids: readonly UniqueId[], of: ReadonlySet<UniqueId>): boolean {
  return ids.every((id) => of.has(id));
}
