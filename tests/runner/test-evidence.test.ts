import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DOMParser, onErrorStopParsing } from '@xmldom/xmldom';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RunEvent } from '../../src/events/event.js';
import { invoke } from '../../src/index.js';
import { MemoryOutput } from '../helpers/memory-output.js';
import { makeProject, withoutCleanUp } from '../helpers/project.js';

const FILES = {
  'models/people.sql': [
    "select i as id, case when i % 2 = 0 then 'name ' || i end as name, repeat('long ', 200) as essay",
    'from range(12) t(i)',
  ].join('\n'),
  'models/upper.sql': "select id, upper(name) as name, repeat('x', 400) || name as essay from {{ ref('people') }}",
  'models/broken.sql': "select id,\n  nope as x\nfrom {{ ref('upper') }}",
  'models/below.sql': "select * from {{ ref('broken') }}",
  'models/schema.yml': [
    'models:',
    '  - name: people',
    '    columns:',
    '      - name: id',
    '        data_tests:',
    '          - unique',
    '          - accepted_values: {arguments: {values: [0, 1], quote: false}}',
    '      - name: name',
    '        data_tests:',
    '          - not_null: {name: whole_rows, config: {error_if: ">100", warn_if: ">0"}}',
    '          - not_null: {name: stored, config: {severity: warn, store_failures: true}}',
    '  - name: broken',
    '    columns:',
    '      - name: id',
    '        data_tests: [not_null]',
    'unit_tests:',
    '  - name: rows',
    '    model: upper',
    '    given:',
    "      - input: ref('people')",
    '        rows: [{id: 1, name: a}, {id: 2, name: b}, {id: 3, name: c}]',
    '    expect:',
    '      rows: [{id: 1, name: A}, {id: 2, name: x}, {id: 4, name: D}]',
  ].join('\n'),
  'tests/limited.sql': "{{ config(limit=3) }}\nselect id from {{ ref('people') }}",
  'tests/summed.sql':
    "{{ config(fail_calc='sum(id)') }}\nwith x as (select id from {{ ref('people') }}) select * from x -- all",
  'tests/odd.sql':
    "select 'a<b>&\"' || chr(7) || chr(27) || '[31m' || chr(10) || '%:,' as odd, '日本' as wide, ' ' as blank, null as none, 'pass word' as secret\n-- {{ ref('people') }}",
  // Counting its rows does not ask for what they hold.
  'tests/unreadable.sql': "select error('not to be read') as x from {{ ref('people') }}",
};

let project = '';

beforeAll(async () => {
  project = withoutCleanUp(() => makeProject(FILES));
  await invoke(['run', '-s', 'people', 'upper'], { cwd: project, env: { HOME: project } });
});

interface Told {
  readonly text: string;
  readonly errors: string;
  readonly events: readonly RunEvent[];
  readonly exitCode: number;
}

async function run(args: readonly string[], env: { readonly [name: string]: string } = {}, columns = 0): Promise<Told> {
  const stdout = Object.assign(new MemoryOutput(), columns > 0 ? { columns } : {});
  const stderr = new MemoryOutput();
  const events: RunEvent[] = [];
  const { exitCode } = await invoke(['--no-use-colors', ...args], {
    cwd: project,
    env: { HOME: project, ...env },
    stdout,
    stderr,
    onEvent: (event) => events.push(event),
  });
  return { text: stdout.text, errors: stderr.text, events, exitCode };
}

const dataOf = (events: readonly RunEvent[], name: string): { readonly [key: string]: unknown }[] =>
  events.filter((e) => e.info.name === name).map((e) => e.data as unknown as { readonly [key: string]: unknown });

/** dbt's results: what must not depend on what is shown. */
function results(): unknown {
  const { results: all } = JSON.parse(readFileSync(join(project, 'target/run_results.json'), 'utf8')) as {
    results: { [key: string]: unknown }[];
  };
  return all.map(({ timing: _t, execution_time: _e, thread_id: _i, ...rest }) => rest);
}

describe('rows of a failed data test', () => {
  it('are shown below the failure, whole rows where the test would store them', async () => {
    const { text } = await run(['test', '-s', 'whole_rows', 'stored', 'people,test_name:accepted_values']);
    expect(text).toContain('5 of 10 failing rows:\n    value_field │ n_records\n    ────────────┼──────────\n');
    expect(text).toMatch(
      /Warning in test whole_rows .*\n.*Got 6 results, configured to warn if >0\n.*\n.* {4}5 of 6 failing rows:\n {4}id │ name │ essay/,
    );
    expect(text).toMatch(
      /Warning in test stored[\s\S]*5 of 6 failing rows:\n {4}id │ name │ essay[\s\S]*See test failures:/,
    );
    expect(text).toMatch(/ 1 │ NULL │ "?long long .*…/);
  });

  it('are as many as asked for, and none with --no-sample', async () => {
    const args = ['test', '-s', 'whole_rows', 'limited', 'summed'];
    const shown = await run([...args, '--sample-rows', '1']);
    const kept = results();
    expect(dataOf(shown.events, 'TestSampleRows').map((d) => (d['rows'] as unknown[]).length)).toEqual([1, 1, 1]);
    const none = await run([...args, '--no-sample']);
    expect(none.text).not.toContain('rows:');
    expect(dataOf(none.events, 'TestSampleRows')).toEqual([]);
    expect(results()).toEqual(kept);
    const byVariable = await run(args, { DBT_SAMPLE_ROWS: '2' });
    expect(dataOf(byVariable.events, 'TestSampleRows').map((d) => (d['rows'] as unknown[]).length)).toEqual([2, 2, 2]);
    expect(byVariable.events.some((e) => e.info.name === 'EnvironmentVariableNamespaceDeprecation')).toBe(false);
  });

  it('keep to the limit of the test, and are not counted when the test counts something else', async () => {
    const { text } = await run(['test', '-s', 'limited', 'summed', '--sample-rows', '4']);
    expect(text).toContain('  3 failing rows:\n    id\n');
    expect(text).toContain("  the first 4 rows of the test's query:\n    id\n");
  });

  it('can not do harm to a terminal, and show no secrets', async () => {
    const { text, events } = await run(['test', '-s', 'odd'], { DBT_ENV_SECRET_X: 'pass word' }, 200);
    expect(text).toContain('a<b>&"\\u0007\\u001b[31m\\n%:, │ 日本 │ " "   │ NULL │ *****');
    expect(text).not.toContain('\u001b');
    expect(JSON.stringify(events)).not.toContain('pass word');
  });

  it('that can not be read are no failure of the test', async () => {
    const { text, exitCode } = await run(['test', '-s', 'unreadable']);
    expect(exitCode).toBe(1);
    expect(text).toContain('Got 12 results, configured to fail if != 0');
    expect(text).toContain('  no sample rows: Invalid Input Error: not to be read');
    expect((results() as { status: string; failures: number }[])[0]).toMatchObject({ status: 'fail', failures: 12 });
  });

  it('fit the terminal', async () => {
    const { text } = await run(['test', '-s', 'whole_rows', 'odd'], {}, 40);
    const table = text.split('\n').filter((line) => line.includes('│') || line.includes('┼'));
    expect(table.length).toBeGreaterThan(3);
    for (const line of table) expect(line.length).toBeLessThanOrEqual(40);
    expect(text).toMatch(/… \d columns? left out: /);
  });

  it('are not asked for when the tests pass', async () => {
    const { events } = await run(['test', '-s', 'people,test_name:unique', '--log-level', 'debug']);
    expect(events.filter((e) => e.info.name === 'SQLQuery' && JSON.stringify(e.data).includes('tsdbt_sample'))).toEqual(
      [],
    );
  });

  it('go with the window of --sample', async () => {
    const { exitCode, events } = await run(['build', '-s', 'people', '--sample', '3 days', '--no-sample']);
    expect(exitCode).toBe(1);
    expect(dataOf(events, 'TestSampleRows')).toEqual([]);
  });
});

describe('rows of a failed unit test', () => {
  it('stand side by side; run_results and JSON logs keep the differences of dbt', async () => {
    const { text, events } = await run(['test', '-s', 'test_type:unit']);
    expect(text).toContain('actual differs from expected: 1 row as expected, 1 changed, 1 missing, 1 unexpected\n');
    expect(text).toContain(
      [
        '                 expected    actual',
        '               ║ id │ name ║ id │ name',
        '    ───────────╫────┼──────╫────┼─────',
        '    changed    ║ 2  │ ≠ x  ║ 2  │ ≠ B',
        '    missing    ║ 4  │ D    ║    │',
        '    unexpected ║    │      ║ 3  │ C',
      ].join('\n'),
    );
    expect(text).not.toContain('@@');
    expect(JSON.stringify(dataOf(events, 'RunResultError'))).toContain('@@ ,id,name');
    expect((results() as { message: string }[])[0]?.message).toContain('@@ ,id,name');
  });

  it("are dbt's alone with --no-sample", async () => {
    const { text } = await run(['test', '-s', 'test_type:unit', '--no-sample']);
    expect(text).toContain('@@ ,id,name');
    expect(text).not.toContain('║');
  });
});

describe('reports for CI', () => {
  const attributes = (element: Element): { [name: string]: string } =>
    Object.fromEntries([...element.attributes].map((a) => [a.name, a.value]));
  const children = (element: Element): Element[] =>
    [...element.childNodes].filter((node): node is Element => node.nodeType === 1);

  /** What the schema of Jenkins allows, the strictest of those that are in use: required and other attributes, elements. */
  const SCHEMA: { readonly [name: string]: { required: string[]; allowed: string[]; holds: string[] } } = {
    testsuites: { required: [], allowed: ['name', 'time', 'tests', 'failures', 'errors'], holds: ['testsuite'] },
    testsuite: {
      required: ['name', 'tests', 'failures', 'errors'],
      allowed: ['skipped', 'time', 'timestamp', 'hostname', 'id', 'package', 'file'],
      holds: ['testcase', 'properties', 'system-out', 'system-err'],
    },
    testcase: {
      required: ['name'],
      allowed: ['time', 'classname'],
      holds: ['skipped', 'error', 'failure', 'system-out', 'system-err'],
    },
    failure: { required: [], allowed: ['type', 'message'], holds: [] },
    error: { required: [], allowed: ['type', 'message'], holds: [] },
    skipped: { required: [], allowed: ['type', 'message'], holds: [] },
    'system-out': { required: [], allowed: [], holds: [] },
  };

  function parse(path: string): Element {
    const xml = readFileSync(join(project, path), 'utf8');
    const root = new DOMParser({ onError: onErrorStopParsing }).parseFromString(xml, 'text/xml').documentElement;
    check(root as unknown as Element);
    return root as unknown as Element;
  }

  function check(element: Element): void {
    const { required, allowed, holds } = SCHEMA[element.nodeName] ?? { required: ['?'], allowed: [], holds: [] };
    const names = Object.keys(attributes(element));
    for (const name of required) expect(names, element.nodeName).toContain(name);
    for (const name of names) expect([...required, ...allowed], element.nodeName).toContain(name);
    const { time } = attributes(element);
    if (time !== undefined) expect(time).toMatch(/^\d+\.\d{3}$/);
    for (const child of children(element)) {
      expect(holds).toContain(child.nodeName);
      check(child);
    }
  }

  it('JUnit: a suite for what is tested, with counts, messages and rows', async () => {
    const { exitCode } = await run(['build', '--junit', 'reports/build.xml']);
    expect(exitCode).toBe(1);
    const root = parse('reports/build.xml');
    const suites = children(root).map((suite) => ({
      ...attributes(suite),
      cases: Object.fromEntries(
        children(suite).map((test) => [attributes(test)['name'], children(test).map((c) => c.nodeName)]),
      ),
    }));
    const byName = new Map(suites.map((s) => [(s as { name?: string }).name, s]));
    expect(byName.get('people')).toMatchObject({
      tests: '5',
      failures: '1',
      errors: '0',
      skipped: '0',
      file: 'models/people.sql',
      cases: {
        people: [],
        unique_people_id: [],
        accepted_values_people_id__False__0__1: ['failure'],
        whole_rows: ['system-out'],
        stored: ['system-out'],
      },
    });
    expect(byName.get('upper')).toMatchObject({
      skipped: '2',
      cases: { upper: ['skipped'], 'upper::rows': ['skipped'] },
    });
    expect(byName.get('tests/odd.sql')).toMatchObject({ failures: '1', cases: { odd: ['failure'] } });
    const odd = children(root).find((s) => attributes(s)['name'] === 'tests/odd.sql') as Element;
    expect(odd.textContent).toContain('a<b>&"\\u0007\\u001b[31m\\n%:, │ 日本');
    expect(attributes(children(odd)[0] as Element)['classname']).toBe('demo.tests.odd');
    const failures = suites.reduce((sum, s) => sum + Number((s as { failures?: string }).failures), 0);
    expect(attributes(root)).toMatchObject({ tests: '14', failures: String(failures), errors: '0' });
    expect(readdirSync(join(project, 'reports'))).toEqual(['build.xml']);
  });

  it('JUnit: errors of models and of the whole command', async () => {
    await run(['run', '-s', 'broken+', '--junit', 'reports/run.xml']);
    const [broken, below] = children(parse('reports/run.xml'));
    const error = children(children(broken as Element)[0] as Element)[0] as Element;
    expect(error.nodeName).toBe('error');
    expect(attributes(error)['message']).toMatch(/^Binder Error: Referenced column "nope" not found/);
    expect(error.textContent).toContain('at models/broken.sql:2');
    expect(attributes(below as Element)).toMatchObject({ name: 'below', skipped: '1' });
    await run(['run', '-s', 'path:[', '--vars', '{a: {{', '--junit', 'reports/none.xml']);
    await run(['run', '--target', 'absent', '--junit', 'reports/run.xml']);
    const ended = parse('reports/run.xml');
    expect(attributes(ended)).toMatchObject({ tests: '1', errors: '1' });
    expect(ended.textContent).toContain('absent');
  });

  it('JUnit: a file that can not be written is an error of its own', async () => {
    const { exitCode, text } = await run(['test', '-s', 'whole_rows', '--junit', 'models/people.sql/x.xml']);
    expect(exitCode).toBe(2);
    expect(text).toContain('artifact-unwritable');
    expect(existsSync(join(project, 'models/people.sql'))).toBe(true);
    const both = await run(['test', '--target', 'absent', '--junit', 'models/people.sql/x.xml']);
    expect(both.exitCode).toBe(2);
    expect(both.text).toContain("does not have a target named 'absent'");
    expect(both.text).toContain('artifact-unwritable');
  });

  it('GitHub: an annotation a failure, at its line, on standard error', async () => {
    const { errors, text } = await run(['build', '-s', 'people', 'odd'], { GITHUB_ACTIONS: 'true' });
    const lines = errors.trim().split('\n');
    expect(lines).toHaveLength(7);
    expect(lines.every((line) => /^::(error|warning) file=[^,]+,line=\d+,(col=\d+,)?title=[^:,]+::/.test(line))).toBe(
      true,
    );
    expect(errors).toMatch(
      /^::error file=models\/schema\.yml,line=7,col=\d+,title=test accepted_values_people_id__False__0__1::Got 10 results, configured to fail if != 0%0A%0A5 of 10/m,
    );
    expect(errors).toMatch(/^::warning file=models\/schema\.yml,line=10,/m);
    const model = await run(['run', '-s', 'broken'], { GITHUB_ACTIONS: 'true' });
    expect(model.errors).toMatch(/^::error file=models\/broken\.sql,line=2,col=3,title=model broken::/m);
    const unbuilt = await run(['test', '-s', 'not_null_broken_id'], { GITHUB_ACTIONS: 'true' });
    expect(unbuilt.errors).toMatch(
      /^::error file=models\/schema\.yml,line=15,col=\d+,title=test not_null_broken_id::/m,
    );
    expect(errors).toContain('\\n%25:, │');
    expect(text).not.toContain('::');
  });

  it('GitHub: paths are those of the repository, and the flag decides', async () => {
    const outer = join(project, '..');
    const on = await run(['test', '-s', 'odd', '--github-annotations'], { GITHUB_WORKSPACE: outer });
    expect(on.errors).toMatch(/^::error file=project\/tests\/odd\.sql,line=1,title=test odd::/);
    const off = await run(['test', '-s', 'odd', '--no-github-annotations'], { GITHUB_ACTIONS: 'true' });
    expect(off.errors).toBe('');
    const wrong = await run(['test', '--target', 'absent'], { GITHUB_ACTIONS: 'true' });
    expect(wrong.errors).toMatch(/^::error (file=[^,]+,line=\d+,(col=\d+,)?)?title=[\w-]+::/);
  });
});
