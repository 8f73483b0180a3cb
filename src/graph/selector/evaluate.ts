import type { UniqueId } from '../../contracts/common.js';
import type { Graph } from '../graph.js';
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
 * @param onEmpty Called with each criterion of the command line that matches nothing.
 */
export function evaluate(spec: Spec, graph: Graph, context: SelectorContext, onEmpty: (raw: string) => void): Ids {
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
    const matched = new Set(METHODS[part.method](context, part.value, part.args));
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
    return part.indirectSelection === 'empty'
      ? { direct: selected, indirect: new Set() }
      : withTests(selected, part.indirectSelection);
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
