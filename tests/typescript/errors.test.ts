import { afterEach, describe, expect, it } from 'vitest';
import { Project } from '../runner/project.js';

let project: Project | undefined;
afterEach(() => project?.remove());

/** What a project with one TypeScript model prints when it is parsed. */
async function parsed(model: string, files: { readonly [path: string]: string } = {}): Promise<string> {
  project?.remove();
  project = new Project({ 'models/a.sql': 'select 1 as id\n', 'models/m.ts': model, ...files });
  const result = await project.run(['parse']);
  return result.output;
}

describe('a TypeScript model that can not be read', () => {
  it('is refused with the place before anything runs', async () => {
    const cases: readonly (readonly [model: string, code: string, place: string, message: string])[] = [
      ['export const model = ;\n', 'typescript-syntax', '1:22', 'Expression expected'],
      [
        'type T = string;\nenum Level { Low }\nexport const model = () => "x";\n',
        'typescript-syntax',
        '2:1',
        'enum is not supported',
      ],
      [
        'export const model = ({ ref }, x: number) => {\n  const name = "a";\n  return `${ref(name)}`;\n};\n',
        'typescript-static',
        '3:17',
        'ref() takes literals only',
      ],
      [
        'export const model = (dbt) => ["a"].map(dbt.ref);\n',
        'typescript-static',
        '1:41',
        'ref must be called where it is used',
      ],
      ['export const model = ({ source: s }) => `${s("a")}`;\n', 'typescript-static', '1:44', 'Wrong call of source()'],
      [
        'export const model = ({ ref }) => `${ref("a", { version: 1, x: 2 })}`;\n',
        'typescript-static',
        '1:38',
        'Wrong call of ref()',
      ],
      [
        'export const model = (dbt) => {\n  dbt.config({ tags: [dbt.target.name] });\n  return "";\n};\n',
        'typescript-static',
        '2:23',
        'config() takes literals only',
      ],
      [
        'import { x } from "./nowhere.ts";\nexport const model = () => x;\n',
        'typescript-import',
        '1:19',
        "Cannot find './nowhere.ts'",
      ],
      ['export const model = 1;\n', 'typescript-export', '1:14', "The export 'model' of models/m.ts is no function"],
      [
        'export const model = () => "";\nexport default model;\n',
        'typescript-export',
        '2:1',
        "exports two models, 'model' and 'default'",
      ],
      [
        'export const model = ({ ref }) => `${ref("aa")}`;\n',
        'ref-missing',
        '1:42',
        "depends on a node named 'aa' which was not found",
      ],
    ];
    for (const [model, code, place, message] of cases) {
      const output = await parsed(model);
      expect(output).toContain(`error[${code}]: `);
      expect(output).toContain(`--> models/m.ts:${place}\n`);
      expect(output).toContain(message);
    }
  });

  it('is warned of when it exports no model, unless it is a helper', async () => {
    const forgotten = await parsed('export const orders = ({ ref }) => `select * from ${ref("a")}`;\n');
    expect(forgotten).toContain("models/m.ts exports 'orders', but no model: it is no model");
    expect(await parsed('const x: number = 1;\n')).toContain('models/m.ts exports nothing: it is no model');
    expect(await parsed('export const twice = (x: number) => x * 2;\n')).not.toContain('no model');
  });

  it('follows what names stand for', async () => {
    const output = await parsed(
      [
        'type Dbt = { ref(name: string): string };',
        'const helper = (ref: (x: string) => string, name: string) => ref(name);',
        'export default async function ({ ref: table, config, ...dbt }: Dbt & { [k: string]: any }) {',
        '  config({ meta: { a: [1, -2.5, null, `x`] } });',
        '  const inner = ((ref) => ref("not a model"))((name: string) => name);',
        '  { const table = (x: string) => x; table(inner); }',
        '  const { source } = dbt;',
        '  helper((x) => x, inner);',
        '  return `select * from ${table(/* the model */ "a")} join ${source("raw", "t")} using (id)`;',
        '}',
      ].join('\n'),
      { 'models/s.yml': 'version: 2\nsources: [{ name: raw, tables: [{ name: t }] }]\n' },
    );
    expect(output).not.toContain('error');
    const { readFileSync } = await import('node:fs');
    const manifest = JSON.parse(readFileSync(`${project?.root}/target/manifest.json`, 'utf8'));
    const { depends_on, config, language, raw_code } = manifest.nodes['model.shop.m'];
    expect(depends_on.nodes).toEqual(['source.shop.raw.t', 'model.shop.a']);
    expect([config.meta, config.materialized, language]).toEqual([{ a: [1, -2.5, null, 'x'] }, 'table', 'typescript']);
    expect(raw_code).toContain('type Dbt');
  });
});

describe('a TypeScript model that fails', () => {
  it('is told with the place in the TypeScript file, whatever file it is', async () => {
    project = new Project({
      'models/a.sql': 'select 1 as id\n',
      'lib/deep.ts':
        "type N = number;\nexport function fail(n: N): N {\n  if (n as number) throw new RangeError('too deep');\n  return n;\n}\n",
      'models/throws.ts':
        "import { fail } from '../lib/deep.js';\nexport const model = async (dbt: { [k: string]: any }) => {\n  await dbt.query('select 1').all();\n  return fail(3);\n};\n",
      'models/query.ts':
        'export const model = ({ ref, query }) => {\n  const rows = query(`select nope from ${ref("a")}`);\n  return rows;\n};\n',
      'models/undeclared.ts':
        'const helper = (dbt) => dbt.ref("a");\nexport const model = (dbt) => `select * from ${helper(dbt)}`;\n',
      'models/top.ts': "throw new Error('at the top');\nexport const model = () => '';\n",
      'models/text.ts': "export const model = () => {\n  throw 'just a text';\n};\n",
      'models/sql.ts':
        'export const model = ({ config }) => {\n  config({ materialized: "view" });\n  return "select 1 as a\\nfrom nowhere";\n};\n',
      'models/rows_as_view.ts':
        'export const model = ({ config }) => {\n  config({ materialized: "view" });\n  return [{ a: 1 }];\n};\n',
      'models/nothing.ts': 'export const model = () => undefined;\n',
      'models/package.ts': 'import x from "no-such-package";\nexport const model = () => x;\n',
      'models/types.ts': "import { Model } from './other.ts';\nexport const model: Model = () => 'select 1';\n",
      'models/other.ts': 'export type Model = () => string;\nexport const x = 1;\n',
      'models/mid.ts':
        'export async function* model() {\n  yield { a: 1 };\n  await null;\n  throw new Error("in the middle");\n}\n',
    });
    const result = await project.run(['run']);
    const told = Object.fromEntries(
      [...result.output.matchAll(/Failure in model (\w+) .*?\n([\s\S]*?)(?=\n\d\d:\d\d:\d\d {2}\n)/g)].map(
        ([, name, text]) => [name, text ?? ''],
      ),
    );
    const expected: { readonly [model: string]: readonly string[] } = {
      throws: [
        'error[typescript-failed]: RangeError: too deep',
        '--> lib/deep.ts:3:26',
        'called from (models/throws.ts:4:10)',
      ],
      query: ['error[database-error]: Binder Error: Referenced column "nope" not found', '--> models/query.ts:2:16'],
      undeclared: [
        "error[ref-undeclared]: ref('a') is not called in the function of the model",
        '--> models/undeclared.ts:1:29',
      ],
      top: ['error[typescript-failed]: Error: at the top', '--> models/top.ts:1:7'],
      text: ['error[typescript-failed]: just a text was thrown', '--> models/text.ts:1:1'],
      sql: ['error[database-error]: Catalog Error', 'target/compiled/shop/models/sql.sql:2:6'],
      rows_as_view: [
        'error[typescript-result]: The model rows_as_view is materialized as view, but returned rows',
        'config({ materialized',
      ],
      nothing: ['error[typescript-result]: The model returned nothing', '--> models/nothing.ts:1:1'],
      package: ["error[typescript-failed]: Error: Cannot find package 'no-such-package'", 'npm install'],
      types: ['error[typescript-failed]: SyntaxError', 'import type'],
      mid: ['error[typescript-failed]: Error: in the middle', '--> models/mid.ts:4:9'],
    };
    for (const [name, texts] of Object.entries(expected))
      for (const text of texts) expect(told[name], name).toContain(text);
    expect(Object.keys(told).sort()).toEqual(Object.keys(expected).sort());
  });

  it('on an adapter without rows is refused by name', async () => {
    const { TypeScriptModels } = await import('../../src/compiler/typescript/typescript-models.js');
    const config = { project: { root: '/p', target_path: 'target' } } as never;
    const model = {
      name: 'm',
      unique_id: 'model.p.m',
      original_file_path: 'models/m.ts',
      config: { materialized: 'table' },
    };
    const adapter = { type: 'postgres', capabilities: { typescriptModels: false } };
    const run = new TypeScriptModels(config).run({
      model,
      node: model,
      context: { session: { invocation: { adapter } } },
    } as never);
    await expect(run).rejects.toMatchObject({
      code: 'typescript-unsupported',
      message: "The adapter postgres can't run models in TypeScript",
    });
  });
});
