import type { TestNode } from '../contracts/nodes.js';
import { DbtError } from '../diagnostics/errors.js';
import { isFloat, isInt, pyStr, toDouble, truthy } from '../jinja/values.js';
import { materializationOf, materialize } from './materialize.js';
import { responseFields } from './model-runner.js';
import type { Outcome } from './node-result.js';
import type { NodeRun, NodeRunner } from './node-runner.js';

/** What a test's query says. */
export interface TestCounts {
  readonly failures: number;
  readonly shouldWarn: boolean;
  readonly shouldError: boolean;
}

/** Data tests: one row with the number of failures and what it means. */
export const testRunner: NodeRunner<TestNode> = {
  async execute(run: NodeRun<TestNode>): Promise<Outcome> {
    const { session, context, node } = run;
    await materialize(context, materializationOf(session.macros, session.invocation.adapter, node), false);
    const main = context.results.peek('main');
    if (!main) throw new DbtError('materialization-result', 'main is not being called during running test');
    const { table } = main;
    if (table.rows.length !== 1 || table.columnNames.length !== 3) {
      throw new DbtError(
        'test-result',
        `dbt internally failed to execute ${node.unique_id}: Returned ${table.rows.length} rows and ` +
          `${table.columnNames.length} columns, but expected 1 row and 3 columns`,
        { hint: '`fail_calc` must be an aggregate, e.g. count(*), so that the test gives one row.' },
      );
    }
    const row = table.rows[0]?.values ?? [];
    const value = (name: string): unknown => row[table.columnNames.findIndex((c) => c.toLowerCase() === name)];
    const counts = {
      failures: failureCount(value('failures')),
      shouldWarn: flag(value('should_warn')),
      shouldError: flag(value('should_error')),
    };
    const { flags } = session.invocation.config;
    return { ...testOutcome(node, counts, promotes(flags)), adapterResponse: responseFields(main.response) };
  },
};

/** dbt's verdict on the counts, and its message. `--warn-error` makes a failure of what would only warn. */
export function testOutcome(node: TestNode, counts: TestCounts, warnError: boolean): Outcome {
  const { config } = node;
  const got = `Got ${counts.failures} result${counts.failures === 1 ? '' : 's'}, configured to`;
  if ((config.severity ?? 'ERROR').toUpperCase() === 'ERROR' && counts.shouldError) {
    return { status: 'fail', message: `${got} fail if ${config.error_if ?? '!= 0'}`, failures: counts.failures };
  }
  if (!counts.shouldWarn) return { status: 'pass', message: null, failures: 0 };
  return {
    status: warnError ? 'fail' : 'warn',
    message: `${got} ${warnError ? 'fail' : 'warn'} if ${config.warn_if ?? '!= 0'}`,
    failures: counts.failures,
  };
}

type WarnFlags = {
  readonly warn_error: boolean;
  readonly warn_error_options: {
    readonly error: 'all' | readonly string[];
    readonly warn: readonly string[];
    readonly silence: readonly string[];
  };
};

function promotes({ warn_error: all, warn_error_options: options }: WarnFlags): boolean {
  const name = 'LogTestResult';
  if (options.silence.includes(name) || options.warn.includes(name)) return false;
  return all || options.error === 'all' || options.error.includes(name);
}

function failureCount(value: unknown): number {
  if (isInt(value)) return Number(value);
  const number = isFloat(value) ? toDouble(value) : Number(pyStr(value ?? 'none'));
  if (Number.isInteger(number)) return number;
  throw new DbtError('test-result', `The test's fail_calc gave ${pyStr(value ?? null)}, not a whole number`, {
    hint: '`fail_calc` must be an expression that gives an integer, e.g. count(*).',
  });
}

function flag(value: unknown): boolean {
  if (typeof value !== 'string') return truthy(value);
  switch (value.toLowerCase()) {
    case 'y':
    case 'yes':
    case 't':
    case 'true':
    case 'on':
    case '1':
      return true;
    case 'n':
    case 'no':
    case 'f':
    case 'false':
    case 'off':
    case '0':
      return false;
    default:
      throw new DbtError('test-result', `Macro get_test_sql returns a value that is not a boolean: ${value}`);
  }
}
