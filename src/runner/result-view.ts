import type { GraphResource } from '../contracts/nodes.js';
import type { RunResult } from '../contracts/results.js';
import { type HostObject, hostFunction, JINJA, pyRepr } from '../jinja/values.js';

/** A read-only object with fields and dbt's `to_dict`: what templates see of results and of their nodes. */
class RecordView implements HostObject {
  readonly [JINJA.type]: string = 'object';
  readonly #fields: { readonly [name: string]: unknown };
  readonly #plain: () => { readonly [name: string]: unknown };

  constructor(
    type: string,
    fields: { readonly [name: string]: unknown },
    plain: () => { readonly [name: string]: unknown } = () => fields,
  ) {
    this[JINJA.type] = type;
    this.#fields = fields;
    this.#plain = plain;
  }

  [JINJA.attr](name: string): unknown {
    if (Object.hasOwn(this.#fields, name)) return this.#fields[name] ?? null;
    if (name !== 'to_dict') return undefined;
    return hostFunction('to_dict', ({ keyword }) => {
      const all = Object.entries(this.#plain());
      return Object.fromEntries(keyword.get('omit_none') === true ? all.filter(([, v]) => v !== null) : all);
    });
  }

  [JINJA.item](key: unknown): unknown {
    return typeof key === 'string' && Object.hasOwn(this.#fields, key) ? this.#fields[key] : undefined;
  }

  [JINJA.str](): string {
    const inside = Object.entries(this.#plain()).map(([name, value]) => `${name}=${pyRepr(value)}`);
    return `${this[JINJA.type]}(${inside.join(', ')})`;
  }

  [JINJA.plain](): unknown {
    return { ...this.#plain() };
  }
}

/** A result as on-run-end hooks see it: dbt's RunResult, with its node. */
export function resultView(result: RunResult, node: GraphResource): HostObject {
  const { compiled: _compiled, compiled_code: _code, relation_name: _name, unique_id: _id, ...fields } = result;
  const nodeView = new RecordView(className(node), { ...node });
  const timing = fields.timing.map((step) => new RecordView('TimingInfo', { ...step }));
  return new RecordView(
    'RunResult',
    { ...fields, timing, node: nodeView, agate_table: null, skipped: fields.status === 'skipped' },
    () => ({
      ...fields,
      node: { ...node },
      agate_table: null,
    }),
  );
}

function className(node: GraphResource): string {
  if (node.resource_type === 'exposure') return 'Exposure';
  if (node.resource_type === 'saved_query') return 'SavedQuery';
  if (node.resource_type === 'source') return 'SourceDefinition';
  return `${node.resource_type.charAt(0).toUpperCase()}${node.resource_type.slice(1)}Node`;
}
