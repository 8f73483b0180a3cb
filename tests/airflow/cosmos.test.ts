import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Airflow, airflow, type DagRun, twice } from './support.ts';

let flagship: Airflow;

beforeAll(() => {
  flagship = airflow();
  for (const system of ['financial_analytics', 'customer_risk']) {
    flagship.script('generate/main.mjs', '--system', system, '--scale', 'tiny');
    flagship.script('load/main.mjs', '--system', system);
  }
}, 300_000);
afterAll(() => flagship?.remove());

interface Node {
  readonly name: string;
  readonly source_name?: string;
  readonly resource_type: string;
  readonly tags: readonly string[];
  readonly depends_on?: { readonly nodes: readonly string[] };
}

/** A system's part of the manifest: what cosmos is to draw, as dbt's documentation of the artifact and cosmos' of its names have it. */
class Part {
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

function namesOf(run: DagRun): string[] {
  return Object.keys(run.tasks).sort();
}

describe('the models of financial analytics, drawn from the manifest', () => {
  let run: ReturnType<Airflow['test']>;
  let part: Part;
  beforeAll(() => {
    run = flagship.test('financial_analytics_models');
    part = new Part(flagship.manifest, 'financial_analytics');
  }, 600_000);

  it('are one task each and one for the tests of each, all green', () => {
    expect(run.status, run.output.slice(-5000)).toBe(0);
    expect(run.state).toBe('success');
    expect(part.ids.filter((id) => id.startsWith('model.')).length).toBeGreaterThanOrEqual(20);
    expect(namesOf(run)).toEqual(part.allTasks);
    expect(new Set(Object.values(run.tasks))).toEqual(new Set(['success']));
    expect(new Set(Object.values(run.pools))).toEqual(new Set(['warehouse']));
  });

  it('run after all that they stand on has been made and tested', () => {
    const at = (task: string): number => run.order.indexOf(task);
    for (const id of part.ids) {
      const own = part.tasks(id);
      for (const parent of part.parents(id).filter((one) => part.ids.includes(one))) {
        const before = part.tasks(parent);
        expect(at(own.make), `${own.make} after ${before.test ?? before.make}`).toBeGreaterThan(
          at(before.test ?? before.make),
        );
      }
    }
  });

  it('are in the warehouse, also those in TypeScript', async () => {
    const [[scored, learned]] = (await flagship.rows(
      `select (select count(*) from gold.loan_default_probability)::integer,
         (select count(*) from gold.loan_default_coefficients)::integer`,
    )) as [[number, number]];
    expect(scored).toBeGreaterThan(500);
    expect(learned).toBeGreaterThan(5);
  });

  it('are assets of Airflow, by the lineage that OpenLineage takes from the artifacts', () => {
    const models = part.ids.filter((id) => id.startsWith('model.')).map((id) => id.split('.').at(-1));
    const assets = (flagship.query('assets') as string[]).map((name) => name.split('/').at(-1));
    expect(assets.sort()).toEqual(models.sort());
  });

  it('tell what a test only warns of', async () => {
    const [[alerts]] = (await flagship.rows('select count(*)::integer from gold.high_risk_customers')) as [[number]];
    expect(alerts).toBeGreaterThan(0);
    expect(run.output).toMatch(new RegExp(`warn_high_risk_customers: Got ${alerts} results?, configured to warn if`));
  });
});

describe('the models of the risk platform, drawn from what tsdbt ls lists', () => {
  it('stop where a test fails: what stands on the model is not run, everything else is', () => {
    const copy = flagship.copyOfProject();
    flagship.edit(copy, 'models/customer_risk/staging/stg_products.sql', twice);
    const run = flagship.test('customer_risk_models', {}, copy);
    const part = new Part(flagship.manifest, 'customer_risk');
    expect(run.status).not.toBe(0);
    expect(run.state).toBe('failed');
    expect(part.ids.length).toBeGreaterThan(25);
    expect(namesOf(run)).toEqual(part.allTasks);
    const broken = 'model.tsdbt_flagship.stg_products';
    const behind = part.withDescendants(broken);
    expect(behind.size).toBeGreaterThan(10);
    const expected: Record<string, string> = {};
    for (const id of part.ids) {
      const { make, test } = part.tasks(id);
      const isBehind = id !== broken && behind.has(id);
      expected[make] = isBehind ? 'upstream_failed' : 'success';
      if (test) expected[test] = isBehind ? 'upstream_failed' : id === broken ? 'failed' : 'success';
    }
    for (const test of part.testsOfSeveral) {
      const waits = part.testedNodes(test).some((id) => behind.has(id));
      expected[part.taskOfTest(test)] = waits ? 'upstream_failed' : 'success';
    }
    expect(run.tasks).toEqual(expected);
    expect(run.output).toContain('unique_stg_products_product_id');
  }, 600_000);
});
