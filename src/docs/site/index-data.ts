import type { SiteData, SiteMacro, SiteNode } from '../site-data.js';

/** The site's data with the indexes that its pages need. */
export class SiteIndex {
  readonly data: SiteData;
  readonly nodes: readonly SiteNode[];
  readonly children: readonly (readonly number[])[];
  /** Positions of tests by the node they are attached to. */
  readonly testsOn: ReadonlyMap<number, readonly number[]>;
  readonly #positions: ReadonlyMap<string, number>;
  readonly #macros: ReadonlyMap<string, SiteMacro>;

  constructor(data: SiteData) {
    this.data = data;
    this.nodes = data.nodes;
    const children: number[][] = data.nodes.map(() => []);
    const testsOn = new Map<number, number[]>();
    for (const [at, node] of data.nodes.entries()) {
      for (const parent of node.parents ?? []) children[parent]?.push(at);
      const on = node.test?.on;
      if (on !== undefined) testsOn.set(on, [...(testsOn.get(on) ?? []), at]);
    }
    this.children = children;
    this.testsOn = testsOn;
    this.#positions = new Map(data.nodes.map((node, at) => [node.id, at]));
    this.#macros = new Map(data.macros.map((macro) => [macro.id, macro]));
  }

  at(id: string): number | undefined {
    return this.#positions.get(id);
  }

  macro(id: string): SiteMacro | undefined {
    return this.#macros.get(id);
  }

  parents(at: number): readonly number[] {
    return this.nodes[at]?.parents ?? [];
  }

  /** Positions up (-1) or down (1) to `depth` edges away, with the distance of each; the start is not among them. */
  reach(starts: Iterable<number>, direction: -1 | 1, depth = Number.POSITIVE_INFINITY): Set<number> {
    const found = new Set<number>();
    let layer = [...starts];
    for (let step = 0; step < depth && layer.length > 0; step++) {
      const next: number[] = [];
      for (const at of layer) {
        for (const other of direction === 1 ? (this.children[at] ?? []) : this.parents(at)) {
          if (!found.has(other)) {
            found.add(other);
            next.push(other);
          }
        }
      }
      layer = next;
    }
    return found;
  }
}

/** What a node is called in lists and graphs. */
export function labelOf(node: SiteNode): string {
  return node.label ?? node.name;
}

/** The address of a node's page, as dbt's site has it. */
export function hrefOf(node: { readonly id: string; readonly type: string }): string {
  return `#!/${node.type}/${encodeURIComponent(node.id)}`;
}

/** The headings of the list by type, in order. */
export const TYPE_TITLES: Readonly<Record<string, string>> = {
  source: 'Sources',
  seed: 'Seeds',
  model: 'Models',
  snapshot: 'Snapshots',
  exposure: 'Exposures',
  metric: 'Metrics',
  semantic_model: 'Semantic models',
  saved_query: 'Saved queries',
  function: 'Functions',
  analysis: 'Analyses',
  test: 'Data tests',
  unit_test: 'Unit tests',
  macro: 'Macros',
};

/** A type in words: `Unit test`. */
export function typeName(type: string): string {
  const text = type.replaceAll('_', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
