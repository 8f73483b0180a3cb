import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EventBus } from '../../src/events/event-bus.js';
import { PLAIN } from '../../src/events/paint.js';
import { RunReporter } from '../../src/events/run-reporter.js';
import { secretScrubber } from '../../src/events/secrets.js';
import { consoleSink } from '../../src/events/sinks/console-sink.js';
import { FileSink } from '../../src/events/sinks/file-sink.js';
import { jsonSink } from '../../src/events/sinks/json-sink.js';
import { LiveSink } from '../../src/events/sinks/live-sink.js';
import { MemoryOutput, MemoryTerminal } from '../helpers/memory-output.js';
import { makeNode, makeResult } from '../helpers/nodes.js';
import { temporaryDirectory } from '../helpers/project.js';

const at = Date.UTC(2026, 0, 2, 3, 4, 5, 678);
const makeBus = (env: Record<string, string> = {}): EventBus =>
  new EventBus({ invocationId: 'id-1', scrub: secretScrubber(env), now: () => at });

describe('console', () => {
  it('prints the time in UTC, and prints bare what is output', () => {
    const output = new MemoryOutput();
    const bus = makeBus();
    bus.addSink(consoleSink({ output, threshold: 'info', format: 'text', paint: PLAIN }));
    bus.emit('FoundStats', { stat_line: '1 model' });
    bus.emit('PrintEvent', { msg: 'demo.a' });
    bus.emit('SQLQuery', { conn_name: 'c', sql: 'select 1' });
    expect(output.text).toBe('03:04:05  Found 1 model\ndemo.a\n');
  });

  it('when quiet, says errors and output only', () => {
    const output = new MemoryOutput();
    const bus = makeBus();
    bus.addSink(consoleSink({ output, threshold: 'error', format: 'text', paint: PLAIN }));
    bus.emit('FoundStats', { stat_line: '1 model' });
    bus.emit('PrintEvent', { msg: 'demo.a' });
    bus.emit('MainEncounteredError', { exc: 'no', reports: [] });
    expect(output.text).toBe('demo.a\n03:04:05  Encountered an error:\nno\n');
  });

  it('has the debug form', () => {
    const output = new MemoryOutput();
    const bus = makeBus();
    bus.addSink(consoleSink({ output, threshold: 'debug', format: 'debug', paint: PLAIN }));
    bus.emit('SQLQuery', { conn_name: 'c', sql: 'select 1' }, { thread: 'Thread-1 (worker)' });
    expect(output.text).toMatch(/^\d\d:04:05\.678000 \[debug\] \[Thread-1 \(\]: On c: select 1\n$/);
  });
});

describe('json', () => {
  it("has dbt's shape", () => {
    const output = new MemoryOutput();
    const bus = makeBus();
    bus.addSink(jsonSink(output, 'info', bus.scrub));
    bus.emit('ConcurrencyLine', { num_threads: 4, target_name: 'dev', node_count: 2 });
    expect(JSON.parse(output.text)).toEqual({
      data: { num_threads: 4, target_name: 'dev', node_count: 2 },
      info: {
        category: '',
        code: 'Q027',
        extra: {},
        invocation_id: 'id-1',
        level: 'info',
        msg: "Concurrency: 4 threads (target='dev')",
        name: 'ConcurrencyLine',
        pid: process.pid,
        thread: 'MainThread',
        ts: '2026-01-02T03:04:05.678000Z',
      },
    });
  });
});

describe('secrets', () => {
  it('are scrubbed from every sink, in JSON too', () => {
    const text = new MemoryOutput();
    const json = new MemoryOutput();
    const bus = makeBus({ DBT_ENV_SECRET_KEY: 'pass"word', DBT_ENV_SECRET_EMPTY: '' });
    bus.addSink(consoleSink({ output: text, threshold: 'info', format: 'text', paint: PLAIN }));
    bus.addSink(jsonSink(json, 'info', bus.scrub));
    bus.emit('Note', { msg: 'the pass"word is said' });
    expect(text.text).toContain('the ***** is said');
    expect(json.text).not.toContain('word');
  });
});

describe('warnings', () => {
  const options = (error: 'all' | string[], warn: string[] = [], silence: string[] = []) => ({
    warn_error: false,
    warn_error_options: { error, warn, silence },
    show_all_deprecations: false,
    event_names: false,
    all_handled: false,
  });

  it('become errors by name, by group, by all; silence wins', () => {
    const bus = makeBus();
    bus.configure(options(['UnusedTables']));
    expect(() => bus.warn('UnusedTables', { msg: 'x' })).toThrow('x');
    bus.warn('NoNodesSelected', { msg: 'x' });
    bus.configure(options('all', ['UnusedTables']));
    bus.warn('UnusedTables', { msg: 'x' });
    expect(() => bus.warn('NoNodesSelected', { msg: 'x' })).toThrow(
      expect.objectContaining({ code: 'warning-as-error' }),
    );
    bus.configure(options(['Deprecations'], [], ['PackageRedirectDeprecation']));
    bus.warn('PackageRedirectDeprecation', { msg: 'x' });
    expect(() => bus.warn('ExposureNameDeprecation', { msg: 'x' })).toThrow();
  });

  it('of deprecations show the first and count all', () => {
    const output = new MemoryOutput();
    const bus = makeBus();
    bus.addSink(consoleSink({ output, threshold: 'info', format: 'text', paint: PLAIN }));
    for (const n of [1, 2, 3]) bus.warn('MissingPlusPrefixDeprecation', { msg: `place ${n}` });
    bus.summarizeDeprecations();
    bus.summarizeDeprecations();
    expect(output.text).toContain('[WARNING][MissingPlusPrefixDeprecation]: Deprecated functionality\nplace 1\n');
    expect(output.text).not.toContain('place 2');
    expect(output.text.match(/- MissingPlusPrefixDeprecation: 3 occurrences/g)).toHaveLength(1);
  });
});

describe('log file', () => {
  it('gathers lines, writes them when closed, and rolls over', () => {
    const path = join(temporaryDirectory(), 'logs', 'dbt.log');
    const make = (): FileSink =>
      new FileSink({ path, threshold: 'debug', format: 'debug', maxBytes: 300, scrub: (t) => t });
    for (const word of ['first', 'second', 'third']) {
      const bus = makeBus();
      bus.addSink(make());
      bus.emit('Note', { msg: `${word} ${'x'.repeat(150)}` });
      bus.close();
    }
    expect(readFileSync(path, 'utf8')).toContain('third');
    expect(readFileSync(`${path}.1`, 'utf8')).toContain('second');
    expect(readFileSync(`${path}.2`, 'utf8')).toContain('first');
    expect(existsSync(`${path}.3`)).toBe(false);
  });

  it("says so when it can't be opened (log-unwritable)", () => {
    const file = join(temporaryDirectory(), 'file');
    writeFileSync(file, '');
    const path = join(file, 'logs', 'dbt.log');
    expect(() => new FileSink({ path, threshold: 'debug', format: 'debug', maxBytes: 0, scrub: (t) => t })).toThrow(
      expect.objectContaining({ code: 'log-unwritable' }),
    );
  });
});

describe('live terminal', () => {
  const one = makeNode({ name: 'one' });
  const two = makeNode({ name: 'two' });

  function setUp(terminal: MemoryTerminal): { bus: EventBus; reporter: RunReporter; tick: (ms: number) => void } {
    let now = 0;
    const bus = makeBus();
    bus.addSink(new LiveSink({ terminal, threshold: 'info', paint: PLAIN, now: () => now, interval: 0 }));
    const nodes = new Map([one, two].map((n) => [n.unique_id, n]));
    const reporter = new RunReporter({ bus, node: (id) => nodes.get(id), total: 2, report: {}, immediate: true });
    return { bus, reporter, tick: (ms) => (now += ms) };
  }
  const started = (name: string, index: number) => ({
    uniqueId: `model.demo.${name}`,
    resourceType: 'model',
    materialized: 'view',
    relation: `main.${name}`,
    index,
    total: 2,
    thread: 'Thread-1',
  });

  it('shows what runs and a bar, keeps results above, and leaves nothing behind', () => {
    const terminal = new MemoryTerminal(72);
    const { bus, reporter, tick } = setUp(terminal);
    reporter.concurrency({ threads: 2, target: 'dev' });
    reporter.nodeStart(started('one', 1));
    reporter.nodeStart(started('two', 2));
    tick(1500);
    reporter.nodeFinish({
      uniqueId: one.unique_id,
      index: 1,
      total: 2,
      node: one,
      result: makeResult(one.unique_id, { status: 'error', message: 'no' }),
      diagnostic: {
        code: 'jinja-undefined',
        severity: 'error',
        message: 'no such thing',
        span: { file: 'models/one.sql', line: 1, column: 3 },
        sourceText: 'select x',
      },
    });
    const live = terminal.screen;
    expect(live).toContain('1 of 2 ERROR creating sql view model main.one');
    expect(live).toContain('error[jinja-undefined]: no such thing\n  --> models/one.sql:1:3');
    expect(live).not.toContain('START');
    expect(live).toMatch(/ sql view model main\.two +1\.5s/);
    expect(live.split('\n').at(-1)).toMatch(/^ {2}━+─+ {2}1\/2 {2}1 failed {2}1\.5s$/);
    expect(terminal.cursorVisible).toBe(false);

    terminal.resize(40);
    expect(terminal.screen.split('\n').filter((l) => l.includes('1/2'))).toHaveLength(1);
    bus.close();
    expect(terminal.screen).not.toContain('1/2');
    expect(terminal.screen).not.toContain('main.two');
    expect(terminal.cursorVisible).toBe(true);
    expect(terminal.listenerCount).toBe(0);
  });

  it('does not grow beyond a small window', () => {
    const terminal = new MemoryTerminal(60, 8);
    const { bus, reporter } = setUp(terminal);
    reporter.concurrency({ threads: 20, target: 'dev' });
    for (let i = 0; i < 20; i++) {
      bus.emit('LogStartLine', {
        description: `model ${i}`,
        index: i,
        total: 20,
        node_info: { unique_id: `m${i}` } as never,
      });
    }
    expect(terminal.screen).toContain('… and 17 more');
    bus.close();
  });
});
