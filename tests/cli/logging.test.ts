import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, describe, expect, it } from 'vitest';
import { readYaml } from '../../src/config/yaml.js';
import { invoke, type RunEvent } from '../../src/index.js';
import { consoleEvents } from '../helpers/console-lines.js';
import { MemoryOutput } from '../helpers/memory-output.js';
import { normalize } from '../helpers/normalize.js';
import { temporaryDirectory, withoutCleanUp, writeFiles } from '../helpers/project.js';

type Part = 'events' | 'console' | 'colored' | 'log' | 'list';

interface Step {
  readonly args: readonly string[];
  readonly env?: { readonly [name: string]: string };
  readonly files?: { readonly [path: string]: string | null };
  readonly sql?: readonly string[];
  readonly events?: boolean;
  readonly log?: boolean;
  readonly log_file?: string;
  readonly list?: readonly string[];
  /** Parts that must differ, with the reason. The exit status never does. */
  readonly deviates?: { readonly reason: string; readonly parts: readonly Part[] };
}

/** Name, code, level, text, keys of the data, keys of `node_info` where it has one. */
type Told = readonly [name: string, code: string, level: string, msg: string, keys: string, node?: string];

interface Expected {
  readonly exit: number;
  readonly events?: readonly Told[];
  /** The kinds of events of level debug: name, code, keys of the data, keys of `node_info`. */
  readonly debug?: readonly (readonly string[])[];
  readonly console?: string;
  readonly colored?: boolean;
  readonly log?: { readonly [form: string]: number } | null;
  readonly list?: { readonly [directory: string]: readonly string[] | null };
}

const cases = fileURLToPath(new URL('../cases/logging', import.meta.url));
const DEFAULTS = {
  'dbt_project.yml': "name: demo\nversion: '1.0'\nprofile: demo\n",
  'profiles.yml': 'demo:\n  target: dev\n  outputs:\n    dev: {type: duckdb, path: db.duckdb, threads: 1}\n',
};
const root = withoutCleanUp(() => temporaryDirectory('tsdbt-logging-'));

const debugTold = new Set<string>();
const debugWanted = new Set<string>();

/** What tsdbt tells besides, under dbt's line or in its place. */
const OWN = new Set(['DiagnosticReported', 'SiteWritten', 'EngineFacts']);
/** What dbt tells of its own partial parsing and adapters. */
const DBT_ONLY = new Set(['UnableToPartialParse', 'MainStackTrace']);
/**
 * Events of level debug that tsdbt has no use for: connections are sessions of one process, dbt's tracking of variables and
 * its state of threads are its own.
 */
const NO_DEBUG = new Set([
  'AdapterEventDebug',
  'ConnectionClosed',
  'ConnectionClosedInCleanup',
  'ConnectionLeftOpenInCleanup',
  'ConnectionReused',
  'EndRunResult',
  'FlushEvents',
  'LogDebugStackTrace',
  'MarkSkippedChildren',
  'NewConnection',
  'NewConnectionOpening',
  'Note',
  'PartialParsingFile',
  'StateCheckVarsHash',
  'SystemExecutingCmd',
  'SystemStdErr',
  'SystemStdOut',
]);
/** What is said of the machine, or told apart by design: the text of errors. */
const TOLD_APART = new Set(['MainEncounteredError', 'AdapterRegistered', 'ParsePerfInfoPath', 'ProjectCreated']);

for (const name of readdirSync(cases).sort()) {
  const read = (file: string): string => readFileSync(join(cases, name, file), 'utf8');
  if (!existsSync(join(cases, name, 'expected.json'))) continue;
  const spec = readYaml(read('case.yml'), `${name}/case.yml`).value as {
    readonly files?: { readonly [path: string]: string };
    readonly steps: readonly Step[];
  };
  const expected = JSON.parse(read('expected.json')) as { readonly steps: readonly Expected[] };

  describe(`logs of the case '${name}', beside dbt`, () => {
    const project = join(root, name);
    beforeAll(() => writeFiles(project, { ...DEFAULTS, ...spec.files }));

    it.each(spec.steps.map((step, i) => [`${i}: ${step.args.join(' ')}`, i] as const))('%s', async (_title, i) => {
      const step = spec.steps[i] as Step;
      const dbt = expected.steps[i] as Expected;
      for (const [path, text] of Object.entries(step.files ?? {})) {
        if (text === null) rmSync(join(project, path), { recursive: true });
        else writeFiles(project, { [path]: text });
      }
      if (step.sql) await query(project, step.sql);
      const stdout = new MemoryOutput();
      const stderr = new MemoryOutput();
      const env = { HOME: project, ...step.env };
      const { exitCode } = await invoke(step.args, { cwd: project, env, stdout, stderr });
      expect(exitCode, stdout.text + stderr.text).toBe(dbt.exit);
      const compare = (part: Part, actual: unknown, recorded: unknown): void => {
        if (step.deviates?.parts.includes(part)) expect(actual, `${part} deviates no more`).not.toEqual(recorded);
        else expect(actual, part).toEqual(recorded);
      };
      if (dbt.events) {
        const events = stdout.text.split('\n').filter((line) => line.startsWith('{'));
        const told = events.map((line) => toldBy(JSON.parse(line) as RunEvent));
        compare('events', clean(told, project), clean(dbt.events, project));
        const kinds = unique(dbt.debug ?? []);
        const ours = debugOf(told, dbt.debug ?? []);
        // dbt asks the database and tells of it also where tsdbt has no need to.
        expect(ours.filter((kind) => !kinds.includes(kind))).toEqual([]);
        for (const [event, , level] of told) if (level === 'debug') debugTold.add(event);
        for (const [event = ''] of dbt.debug ?? []) if (!NO_DEBUG.has(event)) debugWanted.add(event);
      } else {
        compare('console', linesOf(stdout.text, project), linesOf(placed(dbt.console, project), project));
        // Without a word dbt colours what is no terminal too, which is declared.
        if (saysColors(step)) compare('colored', colored(stdout.text), dbt.colored);
      }
      if (step.log) compare('log', formsOf(join(project, step.log_file ?? 'logs/dbt.log')), forms(dbt.log));
      if (step.list)
        compare('list', Object.fromEntries(step.list.map((d) => [d, filesIn(join(project, d))])), filesOfDbt(dbt.list));
    });
  });
}

it('every event of level debug of dbt is told somewhere, but for those that tsdbt has no use for', () => {
  expect([...debugWanted].filter((name) => !debugTold.has(name))).toEqual([]);
});

/** What is cleaned is cleaned in any order. */
function linesOf(text: string, project: string): string[] {
  const lines = consoleEvents(text, project).map((line) => line.replaceAll(root, '<parent>'));
  return lines.some((line) => line.includes('Cleaned ')) ? lines.sort() : lines;
}

function placed(text: string | undefined, project: string): string {
  return (text ?? '').replaceAll('<project>', project).replaceAll('<parent>', root);
}

function toldBy({ data, info }: RunEvent): Told {
  const keys = (value: object): string => Object.keys(value).sort().join(' ');
  const node = (data as { readonly node_info?: object }).node_info;
  const told = [info.name, info.code, info.level, info.msg, keys(data)] as const;
  return node ? [...told, keys(node)] : told;
}

/** Events of level info and above as they follow one another, comparable. */
function clean(events: readonly Told[], project: string): unknown[] {
  return events
    .filter(([name, , level]) => level !== 'debug' && !OWN.has(name) && !DBT_ONLY.has(name))
    .filter(([, , , msg]) => !/^(python|node|tsdbt|os|adapter) (version|path|info): /.test(msg))
    .map(([name, code, level, msg, ...keys]) => {
      const text = TOLD_APART.has(name) ? '<text>' : comparable(placed(msg, project), project);
      return [name, code, level, text, ...(name === 'MainEncounteredError' ? [] : keys)];
    });
}

function comparable(text: string, project: string): string {
  return normalize(text, { project })
    .replace(/\bin [\d.]+ ?s(econds)?\b/g, 'in <s>')
    .replace(/(?<=Found ).*/, (counts) => counts.split(', ').sort().join(', '))
    .replace(/\n\s*LINE \d+:[\s\S]*$/, '');
}

/** The kinds of debug events of which dbt has any in this step, from what tsdbt told. */
function debugOf(told: readonly Told[], dbt: readonly (readonly string[])[]): string[] {
  const names = new Set(dbt.map(([name]) => name));
  const kinds = told.filter(([name, , level]) => level === 'debug' && names.has(name));
  return unique(kinds.map(([name, code, , , ...keys]) => [name, code, ...keys.map((key) => key ?? '')]));
}

function unique(kinds: readonly (readonly string[])[]): string[] {
  return [...new Set(kinds.filter(([name]) => !NO_DEBUG.has(name ?? '')).map((kind) => kind.join(' | ')))].sort();
}

function saysColors({ args, env = {} }: Step): boolean {
  return args.some((arg) => arg.endsWith('use-colors')) || 'DBT_USE_COLORS' in env;
}

function colored(text: string): boolean {
  return /\u001b\[3\dm/.test(text);
}

/** Which forms of lines a log file has, and of which levels; how many there are is each tool's own. */
function formsOf(file: string): string[] | null {
  if (!existsSync(file)) return null;
  const found = new Set<string>();
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const debug = /^\d\d:\d\d:\d\d\.\d{6} \[(\w+) *\] \[.*?\]: /.exec(line);
    if (line.startsWith('{')) found.add(`json ${(JSON.parse(line) as RunEvent).info.level}`);
    else if (debug) found.add(`debug ${debug[1]}`);
    else if (/^\d\d:\d\d:\d\d {2}/.test(line)) found.add('text');
    else if (/^={30} .* \| .* ={30}$/.test(line)) found.add('head');
  }
  return [...found].sort();
}

function forms(recorded: Expected['log']): string[] | null {
  return recorded ? Object.keys(recorded).sort() : null;
}

/** dbt keeps a parse and its graph in files of its own. */
function filesOfDbt(list: Expected['list'] = {}): unknown {
  const named = (file: string): string => (file === 'partial_parse.msgpack' ? 'partial_parse.tsdbt' : file);
  const kept = (files: readonly string[]): string[] =>
    files.filter((f) => f !== 'graph.gpickle' && isCompared(f)).map(named);
  return Object.fromEntries(Object.entries(list).map(([directory, files]) => [directory, files && kept(files)]));
}

/** How often a log rolls over depends on how long its lines are. */
function isCompared(file: string): boolean {
  return !/^dbt\.log\.[2-9]$/.test(file);
}

function filesIn(directory: string): string[] | null {
  return existsSync(directory) ? readdirSync(directory).filter(isCompared).sort() : null;
}

async function query(project: string, statements: readonly string[]): Promise<void> {
  const instance = await DuckDBInstance.create(join(project, 'db.duckdb'));
  const connection = await instance.connect();
  for (const sql of statements) await connection.run(sql);
  connection.closeSync();
  instance.closeSync();
}
