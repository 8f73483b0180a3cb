import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Expr, MacroNode } from '../../src/jinja/syntax/ast.js';
import { pyRepr } from '../../src/jinja/values.js';
import { macroCalls } from '../../src/parser/macros/calls.js';
import { emptyProject } from '../helpers/loaded-project.js';

interface RecordedMacro {
  readonly package: string;
  readonly name: string;
  readonly arguments: string;
  /** What it dispatches -> what dbt finds for it on DuckDB. */
  readonly dispatches?: {
    readonly [name: string]: { readonly namespace: string | null; readonly finds: string | null };
  };
  readonly languages?: readonly string[];
}

const { macros: recorded } = JSON.parse(
  readFileSync(new URL('../cases/macros/names.json', import.meta.url), 'utf8'),
) as { macros: RecordedMacro[] };

/** An expression as the recorder writes it. */
function source(expr: Expr): string {
  switch (expr.type) {
    case 'const':
      return pyRepr(expr.value);
    case 'name':
      return expr.name;
    case 'attr':
      return `${source(expr.object)}.${expr.name}`;
    case 'call':
      return `${source(expr.callee)}(${expr.args.positional.map(source).join(', ')})`;
    case 'list':
      return `[${expr.items.map(source).join(', ')}]`;
    case 'dict':
      return `{${expr.items.map((i) => `${source(i.key)}: ${source(i.value)}`).join(', ')}}`;
    default:
      throw new Error(`a default of an unknown kind: ${expr.type}`);
  }
}

const argumentsOf = ({ params }: MacroNode): string =>
  params.map((p) => (p.default ? `${p.name}=${source(p.default)}` : p.name)).join(', ');

/** DuckDB's implementations that dbt-duckdb has not: with dbt's own, every function fails, and every change of a type. */
const MORE = new Set(
  [
    'scalar_function_create_replace_signature_sql',
    'formatted_scalar_function_args_sql',
    'scalar_function_body_sql',
    'scalar_function_volatility_sql',
    'aggregate_function_sql',
    'table_function_sql',
    'scalar_function_python',
    'aggregate_function_python',
    'table_function_python',
    'alter_column_type',
  ].map((name) => `duckdb__${name}`),
);

describe("dbt's macros", async () => {
  const { macros: table } = await emptyProject();

  it.each(recorded)('$package.$name($arguments)', (macro) => {
    const own = table.byId(`macro.${macro.package}.${macro.name}`);
    expect(own, 'is missing').toBeDefined();
    if (!own) return;
    expect(argumentsOf(own.definition.node)).toBe(macro.arguments);
    if (macro.languages) expect(own.macro.supported_languages).toEqual(macro.languages);
    const dispatched = macroCalls(own.definition.node).filter((c) => c.kind === 'dispatch');
    for (const [name, { namespace, finds }] of Object.entries(macro.dispatches ?? {})) {
      expect(dispatched, `dispatches ${name}`).toContainEqual({ kind: 'dispatch', name, namespace });
      const { found } = table.dispatchCandidates(name, namespace, 'probe');
      const own = MORE.has(`duckdb__${name}`) ? `dbt_duckdb.duckdb__${name}` : finds;
      expect(found ? `${found.macro.package_name}.${found.macro.name}` : null).toBe(own);
    }
    for (const { name } of dispatched)
      expect(Object.keys(macro.dispatches ?? {}), 'dispatches besides').toContain(name);
  });

  it('names its own helpers so that no project has the same name', () => {
    const names = new Set(recorded.map((m) => `macro.${m.package}.${m.name}`));
    const besides = table.macros.filter((m) => !names.has(m.macro.unique_id)).map((m) => m.macro.name);
    expect(besides.filter((name) => !/^([a-z]+__)?tsdbt__/.test(name) && !MORE.has(name))).toEqual([]);
  });
});
