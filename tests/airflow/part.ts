import { readFileSync } from 'node:fs';

interface Node {
  readonly name: string;
  readonly source_name?: string;
  readonly resource_type: string;
  readonly tags: readonly string[];
  readonly depends_on?: { readonly nodes: readonly string[] };
}

/** A system's part of the manifest: what cosmos is to draw, as dbt's documentation of the artifact and cosmos' of its names have it. */
export class Part {
  readonly #nodes: Readonly<Record<string, Node>>;
  readonly #selected: ReadonlySet<string>;

  constructor(path: string, tag: string) {
    const { nodes, sources } = JSON.parse(readFileSync(path, 'utf8'));
    this.#nodes = { ...sources, ...nodes };
    const selected = new Set<string>();
    const open = Object.keys(this.#nodes).filter((id) => this.#nodes[id]?.tags.includes(tag) && this.#isDrawn(id));
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (!selected.has(id)) open.push(...this.parents(id));
      selected.add(id);
    }
    // A source that nothing tests has no task.
    this.#selected = new Set([...selected].filter((id) => !id.startsWith('source.') || this.#testsOf(id).length > 0));
  }

  #isDrawn(id: string): boolean {
    return /^(model|seed|source|snapshot)\./.test(id);
  }

  get ids(): readonly string[] {
    return [...this.#selected];
  }

  parents(id: string): readonly string[] {
    return (this.#nodes[id]?.depends_on?.nodes ?? []).filter((parent) => this.#isDrawn(parent));
  }

  /** A node with all that stands on it. */
  withDescendants(id: string): ReadonlySet<string> {
    const found = new Set([id]);
    for (let size = 0; size < found.size; ) {
      size = found.size;
      for (const one of this.#selected) if (this.parents(one).some((parent) => found.has(parent))) found.add(one);
    }
    return found;
  }

  get #tests(): readonly string[] {
    return Object.keys(this.#nodes).filter((id) => id.startsWith('test.'));
  }

  #testsOf(id: string): readonly string[] {
    return this.#tests.filter((test) => this.testedNodes(test).includes(id));
  }

  get tests(): readonly string[] {
    return this.#tests.filter((id) => this.testedNodes(id).some((parent) => this.#selected.has(parent)));
  }

  get testsOfSeveral(): readonly string[] {
    return this.tests.filter((id) => (this.#nodes[id]?.depends_on?.nodes.length ?? 0) > 1);
  }

  testedNodes(id: string): readonly string[] {
    return this.#nodes[id]?.depends_on?.nodes ?? [];
  }

  /** The task that makes a node, and that of its own tests, if it has any. */
  tasks(id: string): { readonly make: string; readonly test?: string } {
    const node = this.#nodes[id] as Node;
    const name = node.source_name === undefined ? node.name : `${node.source_name}_${node.name}`;
    const verb = { model: 'run', seed: 'seed', source: 'source', snapshot: 'snapshot' }[node.resource_type] ?? '';
    const isTested = this.#testsOf(id).some((test) => this.testedNodes(test).length === 1);
    return isTested ? { make: `${name}.${verb}`, test: `${name}.test` } : { make: `${name}_${verb}` };
  }

  /** All tasks, in the order of their names. */
  get allTasks(): readonly string[] {
    const own = this.ids.flatMap((id) => Object.values(this.tasks(id)));
    return [...own, ...this.testsOfSeveral.map((id) => this.taskOfTest(id))].sort();
  }

  taskOfTest(id: string): string {
    return `${this.#nodes[id]?.name}_test`;
  }
}
