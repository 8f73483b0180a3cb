import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import { invoke } from '../../src/cli/invoke.js';
import { temporaryDirectory, withoutCleanUp, writeFiles } from '../helpers/project.js';

interface Step {
  readonly command: readonly string[];
  readonly sql?: readonly string[];
  readonly files?: { readonly [path: string]: string };
}

interface Told {
  readonly success: boolean;
  /** `unique_id` -> what its macros told and which statements were sent, in order; '' for what belongs to no node. */
  readonly nodes: { readonly [id: string]: readonly string[] };
}

const MACROS = new URL('../cases/macros/', import.meta.url).pathname;
const read = (path: string): unknown => JSON.parse(readFileSync(join(MACROS, path), 'utf8'));

const { steps } = read('calls/case.json') as { steps: readonly Step[] };
const { steps: recorded } = read('calls/expected.json') as { steps: readonly Told[] };

/** One project, built step by step. */
class Calls {
  readonly root = withoutCleanUp(() => join(temporaryDirectory(), 'project'));

  constructor() {
    cpSync(join(MACROS, 'calls'), this.root, { recursive: true });
    rmSync(join(this.root, 'case.json'));
    const dev = { type: 'duckdb', path: join(this.root, 'db.duckdb'), threads: 1 };
    writeFileSync(join(this.root, 'profiles.yml'), JSON.stringify({ case: { target: 'dev', outputs: { dev } } }));
  }

  async step({ command, sql, files }: Step): Promise<Told> {
    writeFiles(this.root, files ?? {});
    if (sql) {
      const instance = await DuckDBInstance.create(join(this.root, 'db.duckdb'));
      const connection = await instance.connect();
      for (const statement of sql) await connection.run(statement);
      connection.closeSync();
      instance.closeSync();
    }
    const nodes: { [id: string]: string[] } = {};
    let current = '';
    const tell = (line: string): void => {
      nodes[current] ??= [];
      nodes[current]?.push(line.replaceAll(this.root, '<project>'));
    };
    const { success } = await invoke([...command], {
      cwd: this.root,
      // The rows of a failed test, which dbt does not show, are asked for through macros too.
      env: { DBT_PROFILES_DIR: this.root, DBT_SAMPLE_ROWS: '0' },
      onEvent: ({ info, data }) => {
        const { name } = info;
        if (name === 'NodeStart') current = (data as { node_info: { unique_id: string } }).node_info.unique_id;
        else if (name === 'NodeFinished') current = '';
        else if (name === 'PrintEvent' && info.msg.startsWith('PROBE ')) tell(info.msg.slice(6));
        else if (name === 'SQLQuery') tell(`sql ${(data as { sql: string }).sql}`);
      },
    });
    return { success, nodes };
  }
}

/** A line without what differs from run to run, and without the form of a statement. */
function comparable(line: string): string {
  const text = line
    .replace(/__dbt_tmp\d{20}/g, '__dbt_tmp<time>')
    .replace(/[0-9a-f]{32}/g, '<hash>')
    .replaceAll('<project>/', '')
    // tsdbt writes external files aside, and new ones too.
    .replace(', use_tmp_file true)', ')');
  const isSql = text.startsWith('sql ');
  const shape = (isSql ? text.replace(/--[^\n]*/g, '').toLowerCase() : text).replace(/\s+/g, ' ');
  return shape.replace(/ ?([(),;]) ?/g, '$1').trim();
}

/** What the adapters ask on their own account, once a run, of whichever node comes first. */
const OF_ADAPTERS = [
  /^sql select database_name,type from duckdb_databases\(\)$/,
  /^sql select table_name,constraint_type from duckdb_constraints\(\)/,
  /^sql select version\(\)$/,
];

/** Macros that only render the time and the key of a snapshot: dbt renders its staging query twice, tsdbt once. */
const RENDERS_AGAIN = /^((duckdb__)?(current_timestamp|snapshot_get_time)|unique_key_\w+)\(/;

/** tsdbt begins before it drops what a seed or the failures of a test replace, so that there is always one; dbt afterwards. */
function dropsFirst(lines: readonly string[]): string[] {
  const found = [...lines];
  const nextSql = (from: number): number => found.findIndex((line, i) => i >= from && line.startsWith('sql '));
  for (let i = nextSql(0); i >= 0; i = nextSql(i + 1)) {
    const next = nextSql(i + 1);
    if (found[i] !== 'sql begin' || !found[next]?.startsWith('sql drop ')) continue;
    const after = nextSql(next + 1);
    if (after >= 0) found.splice(after - 1, 0, ...found.splice(i, 1));
  }
  return found;
}

/**
 * The statements in order, before each the calls that led to it. Between two statements macros only render: their order
 * there is free, and the same call counts once. A transaction in which nothing is done is nothing, a question that is
 * asked twice in a row counts once.
 */
function story(lines: readonly string[]): string[] {
  const told: string[] = [];
  const rendered = new Set<string>();
  let calls = new Set<string>();
  let last = '';
  let call = '';
  for (const line of dropsFirst(lines.map(comparable))) {
    // dbt calls `statement` with nothing to run where tsdbt does not call it.
    if (line === 'sql') calls.delete(call);
    if (line === 'sql' || OF_ADAPTERS.some((pattern) => pattern.test(line))) continue;
    if (!line.startsWith('sql ')) {
      call = line;
      if (!RENDERS_AGAIN.test(line) || !rendered.has(line)) calls.add(line);
      rendered.add(line);
      continue;
    }
    if (line === last && /[( ]describe /.test(line)) continue;
    last = line;
    const leading = [...calls].sort();
    calls = new Set();
    if (line === 'sql commit' && leading.length === 0 && told.at(-1) === 'sql begin') {
      told.pop();
      continue;
    }
    told.push(...leading, line);
  }
  return [...told, ...[...calls].sort()];
}

const NOT_OF_NODES = /^(sql |sql$|run_query\(|statement\(|(duckdb__)?list_relations_without_caching\()/;

/** Of what belongs to no node: which macros were called with what. dbt and tsdbt fill the cache at different times. */
const surroundings = (lines: readonly string[]): string[] =>
  [...new Set(lines.map(comparable))].filter((line) => !NOT_OF_NODES.test(line)).sort();

describe('calls of macros and statements', async () => {
  const calls = new Calls();
  const own: Told[] = [];
  for (const step of steps) own.push(await calls.step(step));

  for (const [i, { command }] of steps.entries()) {
    const expected = recorded[i] as Told;
    describe(`${i + 1}: ${command.join(' ')}`, () => {
      it('ends as in dbt', () => expect(own[i]?.success).toBe(expected.success));
      it.each(Object.keys(expected.nodes))('%s', (id) => {
        const form = id === '' || command[0] === 'docs' ? surroundings : story;
        expect(form(own[i]?.nodes[id] ?? [])).toEqual(form(expected.nodes[id] ?? []));
      });
    });
  }
});
