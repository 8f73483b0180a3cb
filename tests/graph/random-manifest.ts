import type { Manifest } from '../../src/contracts/manifest.js';
import { Random } from '../helpers/random.js';

/** A manifest of nothing but nodes, from `{id: ids it depends on}`; ids of tests begin with `test.`. */
export function manifestOf(nodes: { readonly [id: string]: readonly string[] }): Manifest {
  const made = Object.fromEntries(
    Object.entries(nodes).map(([id, parents]) => {
      const [type, packageName, ...rest] = id.split('.');
      const name = rest.join('.');
      const node = {
        unique_id: id,
        name,
        resource_type: type,
        package_name: packageName,
        original_file_path: `models/${name}.sql`,
        path: `${name}.sql`,
        fqn: [packageName, name],
        tags: [],
        config: { enabled: true },
        raw_code: parents.map((parent) => `{{ ref('${parent.split('.')[2]}') }}`).join('\n') || 'select 1',
        depends_on: { nodes: parents, macros: [] },
      };
      return [id, node];
    }),
  );
  return {
    metadata: { project_name: 'p' },
    nodes: made,
    sources: {},
    macros: {},
    docs: {},
    exposures: {},
    metrics: {},
    groups: {},
    selectors: {},
    disabled: {},
    saved_queries: {},
    semantic_models: {},
    unit_tests: {},
    functions: {},
  } as unknown as Manifest;
}

/** Numbers in [0, 1) that depend on the seed alone. */
export function seeded(seed: number): () => number {
  const random = new Random(seed);
  return () => random.next();
}

/** A random acyclic manifest of models and tests. */
export function randomManifest(random: () => number, size: number, edges = 3): Manifest {
  const nodes: Record<string, string[]> = {};
  for (let i = 0; i < size; i++) {
    const parents = new Set<string>();
    for (let k = 0; i > 0 && k < edges * random(); k++) parents.add(`model.p.m${Math.floor(random() * i)}`);
    nodes[`model.p.m${i}`] = [...parents];
    if (random() < 0.4) nodes[`test.p.t${i}.x`] = [`model.p.m${i}`, ...(random() < 0.3 ? parents : [])];
  }
  return manifestOf(nodes);
}
