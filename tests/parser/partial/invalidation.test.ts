import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EditedProject, type Parse } from './edited-project.js';

const output = (schema: string): object => ({ type: 'duckdb', path: 'db.duckdb', threads: 1, schema });

const FILES = {
  'dbt_project.yml': 'name: p\nprofile: p\nvars: {unused: 1}\n',
  'profiles.yml': JSON.stringify({ p: { target: 'dev', outputs: { dev: output('main'), prod: output('prod') } } }),
  'models/plain.sql': 'select 1 as id',
  'models/other.sql': "select * from {{ ref('plain') }}",
  'models/var.sql': "select {{ var('a', 1) }} as id",
  'models/env.sql': "select '{{ env_var('SOME_ENV', 'unset') }}' as id",
  'models/flag.sql': '{% if flags.FULL_REFRESH %}select 1{% else %}select 2{% endif %} as id',
  'models/macro.sql': 'select {{ outer() }} as id',
  'models/dispatch.sql': "select {{ adapter.dispatch('chosen', 'p')() }} as id",
  'models/time.sql': "select '{{ run_started_at }}' as id",
  'models/script.ts':
    "import { n } from '../lib/one.js';\nexport const model = ({ ref }) => `select ${n} from ${ref('plain')}`;\n",
  'lib/one.ts': "export { n } from './two.ts';\n",
  'lib/two.ts': 'export const n: number = 1;\n',
  'models/described.yml':
    'models:\n  - {name: plain, description: one, columns: [{name: id, data_tests: [not_null, positive]}]}\n' +
    '  - {name: other, description: "{{ doc(\'text\') }}"}\nsources:\n  - {name: s, tables: [{name: t}, {name: u}]}\n',
  'models/text.md': '{% docs text %}first{% enddocs %}',
  'macros/outer.sql': '{% macro outer() %}{{ inner() }}{% endmacro %}',
  'macros/inner.sql': '{% macro inner() %}1{% endmacro %}',
  'macros/alone.sql': '{% macro alone() %}1{% endmacro %}',
  'macros/chosen.sql': '{% macro default__chosen() %}1{% endmacro %}',
  'macros/positive.sql':
    '{% test positive(model, column_name) %}select * from {{ model }} where {{ column_name }} < 0{% endtest %}',
} as const;

let project: EditedProject;
let before: Parse;
beforeAll(async () => {
  project = new EditedProject(new Map(Object.entries(FILES)));
  project.write();
  before = await project.parse(true);
  expect(before.reuse).toBe('nothing kept');
});
afterAll(() => project.remove());

/** Parses once more; the names of what was parsed anew, without what is each time. */
async function parsed(change: () => void = () => {}): Promise<readonly string[]> {
  change();
  project.write();
  const now = await project.parse(true);
  const cold = await project.parse(false);
  expect(now.result).toEqual(cold.result);
  const fresh = [...now.createdAt].filter(([id, at]) => before.createdAt.get(id) !== at).map(([id]) => id);
  before = now;
  return fresh
    .filter((id) => id !== 'model.p.time')
    .map((id) => id.replace(/^(\w+)\.p\./, '$1 ').replace(/\.[0-9a-f]{10}$/, ''))
    .sort();
}

const set = (path: string, text: string): void => void project.state.files.set(path, text);
const env = (more: { [name: string]: string }): void => {
  project.state.env = { ...project.state.env, ...more };
};
const DESCRIBED = FILES['models/described.yml'];
const OF_PLAIN = ['model plain', 'test not_null_plain_id', 'test positive_plain_id'];

const CHANGES: readonly (readonly [name: string, change: () => void, fresh: readonly string[]])[] = [
  ['nothing without a change', () => {}, []],
  ['a model and what describes it', () => set('models/plain.sql', 'select 2 as id'), OF_PLAIN],
  ['a model that nothing describes', () => set('models/var.sql', "select {{ var('a', 2) }} as id"), ['model var']],
  ['a module that a TypeScript model imports', () => set('lib/two.ts', 'export const n = 2;\n'), ['model script']],
  [
    'a TypeScript model',
    () => set('models/script.ts', "export const model = ({ ref }) => `select 1 from ${ref('other')}`;\n"),
    ['model script'],
  ],
  ['a module that it imports no more', () => set('lib/two.ts', 'export const n = 3;\n'), []],
  ['a variable that is read', () => Object.assign(project.state.vars, { a: 'x' }), ['model var']],
  ['a variable that nothing reads', () => Object.assign(project.state.vars, { b: 'x' }), []],
  [
    'in dbt_project.yml a variable that nothing reads, and a comment',
    () => set('dbt_project.yml', '# a comment\nname: p\nprofile: p\nvars: {unused: 2}\n'),
    [],
  ],
  [
    'in dbt_project.yml a variable that is read, once --vars does not hide it',
    () => {
      project.state.vars = {};
      set('dbt_project.yml', 'name: p\nprofile: p\nvars: {a: 5}\n');
    },
    ['model var'],
  ],
  ['a variable of the environment that is read', () => env({ SOME_ENV: 'confidential' }), ['model env']],
  ['a variable of the environment that nothing reads', () => env({ OTHER: '1' }), []],
  [
    'a flag that a template looks at',
    () => {
      project.state.options = { full_refresh: true };
    },
    ['model flag'],
  ],
  [
    'a macro that a macro calls',
    () => set('macros/inner.sql', '{% macro inner() %}2{% endmacro %}'),
    ['macro inner', 'model macro'],
  ],
  ['a macro that nothing calls', () => set('macros/alone.sql', '{% macro alone() %}2{% endmacro %}'), ['macro alone']],
  [
    'a macro that dispatch now finds first',
    () => set('macros/duck.sql', '{% macro duckdb__chosen() %}2{% endmacro %}'),
    ['macro duckdb__chosen', 'model dispatch'],
  ],
  [
    'a macro that hides a built-in one, for the tests that see it',
    () => set('macros/hide.sql', '{% macro get_where_subquery(relation) %}{{ return(relation) }}{% endmacro %}'),
    ['macro get_where_subquery', ...OF_PLAIN],
  ],
  [
    'a generic test',
    () => set('macros/positive.sql', '{% test positive(model, column_name) %}select 1{% endtest %}'),
    ['macro test_positive', ...OF_PLAIN],
  ],
  [
    'one entry of a properties file',
    () => set('models/described.yml', `# moved\n${DESCRIBED.replace('description: one', 'description: two')}`),
    OF_PLAIN,
  ],
  [
    'the entries behind one that was put in',
    () =>
      set(
        'models/described.yml',
        DESCRIBED.replace('sources:\n', 'sources:\n  - {name: first, tables: [{name: v}]}\n'),
      ),
    [...OF_PLAIN, 'source first.v', 'source s.t', 'source s.u'],
  ],
  ['a docs block, without what names it', () => set('models/text.md', '{% docs text %}second{% enddocs %}'), []],
  [
    'a model that is moved, and what describes it',
    () => {
      project.state.files.delete('models/other.sql');
      set('models/folder/other.sql', FILES['models/other.sql']);
    },
    ['model other'],
  ],
];

describe('what is parsed anew', () => {
  it.each(CHANGES)('%s', async (_name, change, fresh) => expect(await parsed(change)).toEqual([...fresh].sort()));

  it('what reads the time, each time', async () => {
    const at = before.createdAt.get('model.p.time');
    await parsed();
    expect(before.createdAt.get('model.p.time')).not.toBe(at);
  });

  it('everything when a macro that names relations appears', async () => {
    const macro = '{% macro generate_alias_name(custom, node) %}x_{{ node.name }}{% endmacro %}';
    expect(await parsed(() => set('macros/names.sql', macro))).toContain('model macro');
  });

  it('everything for another target', async () => {
    const target = (): void => {
      project.state.options = { target: 'prod' };
    };
    expect(await parsed(target)).toContain('model macro');
  });
});

describe('the file', () => {
  it('is not used when another version of tsdbt wrote it', async () => {
    project.version = 'next';
    const now = await project.parse(true);
    expect(now.events).toEqual([{ name: 'UnableToPartialParse', reason: 'of a version mismatch' }]);
    expect((await project.parse(true)).reuse).toBe('some');
  });

  const bytes = (): Buffer => readFileSync(project.cache);

  it('has no secrets', async () => {
    env({ DBT_ENV_SECRET_X: 'most "secret"' });
    await parsed(() => set('models/secret.sql', 'select \'most "secret"\' as id'));
    expect(bytes().toString('latin1')).not.toContain('most');
    expect(await parsed()).toEqual(['model secret']);
  });

  it('has no values of the environment', () => expect(bytes().toString('latin1')).not.toContain('confidential'));

  it.each([
    ['empty', () => Buffer.alloc(0)],
    ['cut', () => bytes().subarray(0, bytes().length - 1)],
    ['cut in its head', () => bytes().subarray(0, 30)],
    ['longer', () => Buffer.concat([bytes(), Buffer.from('x')])],
    ['changed in one place', () => Buffer.from(bytes().map((byte, i) => (i === 5000 ? byte ^ 1 : byte)))],
    ['of another format', () => Buffer.from(bytes().toString('latin1').replace('parse 1', 'parse 0'), 'latin1')],
    ['of something else', () => Buffer.from('\x85\xa5nodes\x80', 'latin1')],
  ])('is not used when it is %s', async (_name, make) => {
    writeFileSync(project.cache, make());
    const now = await project.parse(true);
    expect(now.events.map(({ name }) => name)).toEqual(['ParsedFileLoadFailed']);
    expect(now.result).toEqual((await project.parse(false)).result);
    expect((await project.parse(true)).reuse).toBe('some');
  });
});
