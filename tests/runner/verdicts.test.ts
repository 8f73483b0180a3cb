import { describe, expect, it } from 'vitest';
import { storesFailures } from '../../src/compiler/store-failures.js';
import { addComment, defaultComment } from '../../src/context/query-comment.js';
import type { ManifestNode, TestNode } from '../../src/contracts/nodes.js';
import { DbtError } from '../../src/diagnostics/errors.js';
import { PyError } from '../../src/jinja/errors.js';
import { failureText } from '../../src/runner/failure-text.js';
import { timestamp } from '../../src/runner/node-result.js';
import { testOutcome } from '../../src/runner/test-runner.js';
import { ThreadSlots, threadName } from '../../src/runner/thread-slots.js';

const test = (config: object): TestNode => ({ config }) as unknown as TestNode;
const counts = (failures: number, shouldWarn: boolean, shouldError: boolean) => ({ failures, shouldWarn, shouldError });

describe('testOutcome', () => {
  it.each([
    [{}, counts(0, false, false), false, 'pass', null, 0],
    [{}, counts(1, true, true), false, 'fail', 'Got 1 result, configured to fail if != 0', 1],
    [{ severity: 'warn' }, counts(2, true, true), false, 'warn', 'Got 2 results, configured to warn if != 0', 2],
    [
      { warn_if: '>0', error_if: '>5' },
      counts(3, true, false),
      false,
      'warn',
      'Got 3 results, configured to warn if >0',
      3,
    ],
    [
      { warn_if: '>0', error_if: '>5' },
      counts(9, true, true),
      false,
      'fail',
      'Got 9 results, configured to fail if >5',
      9,
    ],
    [{ severity: 'warn' }, counts(2, true, true), true, 'fail', 'Got 2 results, configured to fail if != 0', 2],
    [{ warn_if: '>5' }, counts(3, false, false), false, 'pass', null, 0],
  ])('%j with %j, --warn-error %s: %s', (config, given, warnError, status, message, failures) => {
    expect(testOutcome(test(config), given, warnError)).toEqual({ status, message, failures });
  });
});

describe('storesFailures', () => {
  it.each([
    [true, null, true],
    [false, null, false],
    [null, true, true],
    [false, true, true],
    [null, null, false],
  ])('config %s, flag %s: %s', (own, flag, expected) => {
    const flags = { store_failures: flag } as Parameters<typeof storesFailures>[1];
    expect(storesFailures(test({ store_failures: own }), flags)).toBe(expected);
  });
});

describe('failureText', () => {
  const node = { resource_type: 'model', name: 'm', original_file_path: 'models/m.sql' } as ManifestNode;
  const frame = (name: string): { message: string; span: { file: string; line: number; column: number } } => ({
    message: `in macro 'dbt_macro__${name}'`,
    span: { file: 'macros/x.sql', line: 1, column: 1 },
  });

  it('names the kind, the node and the indented message', () => {
    expect(failureText(new DbtError('database-error', 'Binder Error: a\n\nLINE 1'), node)).toBe(
      'Runtime Error in model m (models/m.sql)\n  Binder Error: a\n  \n  LINE 1',
    );
  });

  it('names the macros that a compilation error came through', () => {
    const error = new DbtError('compilation', 'no', {
      notes: [frame('inner'), { message: 'in a call block' }, frame('outer')],
    });
    expect(failureText(error, node)).toBe(
      'Compilation Error in model m (models/m.sql)\n  no\n  \n  > in macro inner (macros/x.sql)\n' +
        '  > called by macro outer (macros/x.sql)\n  > called by model m (models/m.sql)',
    );
  });

  it("advises on an undefined name, and loses Python's innermost macro as dbt does", () => {
    expect(failureText(new PyError('UndefinedError', "'x' is undefined"), node)).toContain(
      'install package dependencies',
    );
    const deep = new PyError('UndefinedError', "'x' is undefined", { notes: [frame('inner'), frame('outer')] });
    expect(failureText(deep, node)).toBe(
      "Compilation Error in model m (models/m.sql)\n  'x' is undefined\n  \n  > in macro outer (macros/x.sql)\n" +
        '  > called by model m (models/m.sql)',
    );
  });
});

describe('query comment', () => {
  const subject = { dbtVersion: '1.11.16', profileName: 'p', targetName: 'dev', connectionName: 'master' };

  it('is the JSON that dbt writes', () => {
    expect(defaultComment({ ...subject, nodeId: 'model.a.b' })).toBe(
      '{"app": "dbt", "dbt_version": "1.11.16", "profile_name": "p", "target_name": "dev", "node_id": "model.a.b"}',
    );
    expect(defaultComment({ ...subject, nodeId: null })).toContain('"connection_name": "master"');
  });

  it('goes before a statement, or behind it', () => {
    expect(addComment('select 1', ' c ', false)).toBe('/* c */\nselect 1');
    expect(addComment('select 1;\n', 'c', true)).toBe('select 1\n/* c */;');
    expect(addComment('select 1', 'c', true)).toBe('select 1\n/* c */');
    expect(addComment('select 1', '  ', false)).toBe('select 1');
  });

  it('refuses a text that would end the comment', () => {
    expect(() => addComment('select 1', 'a */ drop table x; /*', false)).toThrow(DbtError);
  });
});

describe('threads and times', () => {
  it('gives the lowest free slot', () => {
    const slots = new ThreadSlots();
    expect([slots.take(), slots.take(), slots.take()]).toEqual([0, 1, 2]);
    slots.give(1);
    expect(slots.take()).toBe(1);
    expect(threadName(0)).toBe('Thread-1 (worker)');
  });

  it('writes microseconds in UTC', () => {
    expect(timestamp()).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
  });
});
