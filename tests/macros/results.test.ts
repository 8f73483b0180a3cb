import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, describe, expect, it } from 'vitest';
import { NodeCompiler } from '../../src/compiler/compile-node.js';
import { RuntimeSession } from '../../src/context/runtime-session.js';
import { isDbtError } from '../../src/diagnostics/errors.js';
import { failureText, operationText } from '../../src/runner/failure-text.js';
import { invocationOf } from '../../src/runner/invocation-of.js';
import { type LoadedProject, loadProject } from '../helpers/loaded-project.js';
import { temporaryDirectory, withoutCleanUp } from '../helpers/project.js';
import { showValue } from './show-value.js';

interface Outcome {
  readonly result?: unknown;
  readonly error?: string;
  readonly statements?: readonly string[];
}

const MACROS = new URL('../cases/macros/', import.meta.url).pathname;
const read = <T>(path: string): T => JSON.parse(readFileSync(join(MACROS, path), 'utf8')) as T;

const { models } = read<{
  models: { readonly [name: string]: { readonly compiled?: string; readonly error?: string } };
}>('results/models.recorded.json');
const { cases } = read<{ cases: { readonly [text: string]: Outcome } }>('results/expected.json');
/** A case -> why tsdbt gives something else. */
const deviations = read<{ readonly cases: readonly { readonly what: string; readonly deviates: string }[] }>(
  'results/deviations.json',
);

const known = new Set(read<{ macros: readonly { readonly name: string }[] }>('names.json').macros.map((m) => m.name));

/** The lines of the files of cases, and what they stand for: `x(…)` for its implementations too. */
function expand(): string[] {
  const out = new Set<string>();
  const directory = join(MACROS, 'results/cases');
  for (const file of readdirSync(directory).sort()) {
    for (const line of readFileSync(join(directory, file), 'utf8').split('\n')) {
      if (line === '' || line.startsWith('#')) continue;
      out.add(line);
      const name = /^\w+(?=\()/.exec(line)?.[0];
      for (const prefix of ['default__', 'duckdb__']) if (name && known.has(prefix + name)) out.add(prefix + line);
    }
  }
  return [...out];
}

function macroOf(text: string, name: string): string {
  const body = text.startsWith('{%') ? text : `{%- do return(${text}) -%}`;
  return `{% macro ${name}() %}{%- set f = fixtures() -%}${body}{% endmacro %}\n`;
}

const root = withoutCleanUp(() => join(temporaryDirectory(), 'project'));
const texts = expand();

/** What became of the cases, and of the models. */
async function run(): Promise<readonly [ReadonlyMap<string, Outcome>, ReadonlyMap<string, Outcome>]> {
  cpSync(join(MACROS, 'results'), root, { recursive: true });
  writeFileSync(join(root, 'macros/cases.sql'), texts.map((text, i) => macroOf(text, `case_${i}`)).join(''));
  const path = join(root, 'db.duckdb');
  const dev = { type: 'duckdb', path, threads: 1 };
  writeFileSync(join(root, 'profiles.yml'), JSON.stringify({ case: { target: 'dev', outputs: { dev } } }));
  const instance = await DuckDBInstance.create(path);
  const setup = await instance.connect();
  await setup.run(readFileSync(join(root, 'setup.sql'), 'utf8'));
  setup.closeSync();
  instance.closeSync();

  const project = await loadProject(root);
  const { adapter } = project;
  let statements: string[] = [];
  // The end of a transaction that is given up is no statement in what was recorded.
  const report = {
    sql: ({ sql }: { sql: string }) => void (sql === 'ROLLBACK' || statements.push(sql)),
    sqlStatus: () => {},
  };
  const invocation = invocationOf({ ...project, events: { message: () => {} } });
  const session = new RuntimeSession({ invocation, ...project, selected: [], report });
  await adapter.open();
  const compiled = await compileModels(project, session);
  const outcomes = new Map<string, Outcome>();
  for (const [i, text] of texts.entries()) {
    statements = [];
    const macro = project.macros.find(`case_${i}`);
    if (!macro) throw new Error(`no macro for ${text}`);
    const connection = session.connect(`macro_case_${i}`, null);
    let outcome: Outcome;
    try {
      outcome = { result: showValue(await session.macroContext(connection).call(macro, {})) };
    } catch (error) {
      if (!isDbtError(error)) throw error;
      outcome = { error: operationText(error, macro.macro) };
    } finally {
      await connection.release();
    }
    outcomes.set(text, statements.length > 0 ? { ...outcome, statements } : outcome);
  }
  await adapter.close();
  return [outcomes, compiled];
}

async function compileModels({ manifest }: LoadedProject, session: RuntimeSession): Promise<Map<string, Outcome>> {
  const compiler = new NodeCompiler(session);
  const outcomes = new Map<string, Outcome>();
  for (const node of Object.values(manifest.nodes)) {
    const connection = session.connect(node.unique_id, node);
    try {
      const compiled = (await compiler.compile(node, { connection, threadId: 'MainThread' })).node;
      outcomes.set(node.name, { result: (compiled as { compiled_code?: unknown }).compiled_code });
    } catch (error) {
      if (!isDbtError(error)) throw error;
      outcomes.set(node.name, { error: failureText(error, node) });
    } finally {
      await connection.release();
    }
  }
  return outcomes;
}

function stable(text: string): string {
  const varying = text
    .replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}\+00:00/g, '<now>')
    .replace(/__dbt_tmp\d{20}/g, '__dbt_tmp<time>')
    .replace(/[0-9a-f]{32}/g, '<hash>');
  return varying.replaceAll(root, '<project>').replaceAll('<project>/', '');
}

/** SQL up to white space and comments. */
function squeezed(text: string): string {
  return stable(text)
    .replace(/--[^\n]*/g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([(),;]) ?/g, '$1')
    .trim();
}

/** A value beside dbt's: text that dbt gives in one line is compared as it is, other text up to white space. */
function comparable(value: unknown, beside: unknown): unknown {
  if (typeof value === 'string') {
    return typeof beside === 'string' && !/\n|^\s|\s$/.test(beside) ? stable(value) : squeezed(value);
  }
  if (Array.isArray(value)) {
    return value.map((item, i) => comparable(item, Array.isArray(beside) ? beside[i] : undefined));
  }
  if (typeof value !== 'object' || value === null) return value;
  const others = (beside ?? {}) as { readonly [key: string]: unknown };
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, comparable(item, others[key])]));
}

/** Questions about the catalog are put in words of our own; their answers are compared. */
const CATALOG = /information_schema\.(tables|schemata)|duckdb_(tables|constraints|databases|indexes)\(\)/i;

/** What happened, without what the engine adds, and without the macros on the way, which may be helpers of our own. */
function errorText(text: string | undefined): string | undefined {
  return text
    ?.replaceAll(root, '<project>')
    .replace(/\n\s*> (in|called by) [\s\S]*/, '')
    .replace(/\n\s*LINE \d+:[\s\S]*/, '')
    .replace(/ in macro \w+ \([^)]*\)/, '')
    .replace(/\s+$/, '');
}

function compared({ result, error, statements }: Outcome, dbt: Outcome): unknown {
  const all = (statements ?? []).map((s) => (CATALOG.test(s) ? '<catalog>' : squeezed(s).toLowerCase()));
  const sent = all.filter((s, i) => s !== '<catalog>' || all[i - 1] !== s);
  // dbt opens each of its connections with an empty transaction.
  const begun = sent[0] === 'begin' && sent[1] === 'commit' ? sent.slice(2) : sent;
  return { result: comparable(result, dbt.result), error: errorText(error), statements: begun };
}

describe('results of macros', async () => {
  const [own, ownModels] = await run();
  afterAll(() => expect(deviations.cases.filter(({ what }) => !(what in cases || what in models))).toEqual([]));
  const reasons = new Map(deviations.cases.map(({ what, deviates }) => [what, deviates]));

  it('are recorded for every case', () => expect(Object.keys(cases)).toEqual(texts));

  it.each(texts)('%s', (text) => {
    const dbt = cases[text] ?? {};
    const got = compared(own.get(text) ?? {}, dbt);
    const wanted = compared(dbt, dbt);
    if (reasons.has(text)) expect(got).not.toEqual(wanted);
    else expect(got).toEqual(wanted);
  });

  it.each(Object.entries(models))('model %s', (name, { compiled, error }) => {
    // `compile` puts the error of a model in one of its own.
    const dbt =
      error === undefined
        ? { result: compiled }
        : { error: error.replace(/^Runtime Error\n/, '').replace(/^ {2}/gm, '') };
    const got = compared(ownModels.get(name) ?? {}, dbt);
    const wanted = compared(dbt, dbt);
    if (reasons.has(name)) expect(got).not.toEqual(wanted);
    else expect(got).toEqual(wanted);
  });
});
