import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { type InvokeResult, invoke, type RunEvent } from '../../src/index.js';
import { consoleEvents } from '../helpers/console-lines.js';
import { MemoryOutput } from '../helpers/memory-output.js';
import { copyProject, withoutCleanUp } from '../helpers/project.js';

interface RecordedCommand {
  readonly args: readonly string[];
  readonly exit: number;
  readonly stdout: string;
}

interface Recorded {
  readonly projects: { readonly [project: string]: readonly RecordedCommand[] };
  readonly json: { readonly [project: string]: readonly RunEvent[] };
}

const cases = fileURLToPath(new URL('../cases/console', import.meta.url));
const recorded = JSON.parse(readFileSync(`${cases}/recorded.json`, 'utf8')) as Recorded;

/** Where tsdbt says something else on purpose; the exit status is dbt's all the same. */
const DEVIATES: { readonly [command: string]: string } = {
  'bad: run --profiles-dir nosuch': 'deviates: told like other errors of configuration, not as usage on stderr',
  'bad: run --project-dir nosuch': 'deviates: told like other errors of configuration, not as usage on stderr',
  'bad: run --vars {a': 'deviates: said once, on stderr',
  'bad: run --vars abc': 'deviates: said once, on stderr',
  'bad: build -x -s bad_sql+': 'deviates: dbt tells the failure of --fail-fast twice',
};

async function run(args: readonly string[], cwd: string): Promise<{ result: InvokeResult; stdout: string }> {
  const stdout = new MemoryOutput();
  const errors = new MemoryOutput();
  const result = await invoke(args, { cwd, env: { HOME: cwd, DBT_SAMPLE_ROWS: '0' }, stdout, stderr: errors });
  return { result, stdout: stdout.text };
}

for (const [project, commands] of Object.entries(recorded.projects)) {
  describe(`console of the project '${project}', beside dbt`, () => {
    let directory: string;
    beforeAll(() => {
      directory = withoutCleanUp(() => copyProject(`${cases}/${project}`));
    });

    for (const command of commands) {
      const name = command.args.join(' ');
      it(name, async () => {
        const { result, stdout } = await run(command.args, directory);
        expect(result.exitCode, stdout).toBe(command.exit);
        const reason = DEVIATES[`${project}: ${name}`];
        if (reason) return;
        const clean = command.stdout.replaceAll('<project>', directory);
        expect(consoleEvents(stdout, directory)).toEqual(consoleEvents(clean, directory));
      });
    }
  });
}

describe('JSON log', () => {
  it.each(Object.keys(recorded.json))('of the project %s has the events and fields of dbt', async (project) => {
    const directory = copyProject(`${cases}/${project}`);
    const { stdout } = await run(['--log-format', 'json', 'build'], directory);
    const events = stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as RunEvent);
    const shape = (list: readonly RunEvent[]): { [name: string]: string[] } => {
      const shapes: { [name: string]: string[] } = {};
      for (const { data, info } of list) {
        expect(Object.keys(info).sort()).toEqual(INFO);
        shapes[info.name] ??= Object.keys(data).sort();
      }
      return shapes;
    };
    const expected = shape(recorded.json[project] ?? []);
    const actual = shape(events);
    for (const [name, keys] of Object.entries(expected)) {
      if (DBT_ONLY_EVENTS.has(name)) continue;
      expect(actual[name], name).toEqual(keys);
    }
    const nodeInfo = (list: readonly RunEvent[]): string[] => {
      const start = list.find((e) => e.info.name === 'LogStartLine');
      return Object.keys((start?.data as { node_info?: object } | undefined)?.node_info ?? {}).sort();
    };
    expect(nodeInfo(events)).toEqual(nodeInfo(recorded.json[project] ?? []));
  });
});

const INFO = ['category', 'code', 'extra', 'invocation_id', 'level', 'msg', 'name', 'pid', 'thread', 'ts'];
const DBT_ONLY_EVENTS = new Set(['UnableToPartialParse']);
