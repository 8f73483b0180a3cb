import { NodeCompiler } from '../compiler/compile-node.js';
import { unitTestParts } from '../compiler/unit-test-nodes.js';
import { StatementError } from '../context/node-connection.js';
import type { RuntimeSession } from '../context/runtime-session.js';
import { overrideForUnitTest } from '../context/unit-test-overrides.js';
import type { UnitTestNode } from '../contracts/nodes.js';
import { DbtError, InternalError, isDbtError } from '../diagnostics/errors.js';
import { hostFunction } from '../jinja/values.js';
import { compareRows } from './compare-rows.js';
import { failureText } from './failure-text.js';
import { locateInNode } from './locate-error.js';
import { materializationOf, materialize } from './materialize.js';
import { responseFields } from './model-runner.js';
import type { Outcome } from './node-result.js';
import type { NodeRun, NodeRunner } from './node-runner.js';
import { unbuiltColumns } from './unit-test-columns.js';
import { differences, unitTestRows } from './unit-test-diff.js';

/** What the macro `get_fixture_sql` asks when the input has no relation. */
const UNBUILT = 'tsdbt__unbuilt_columns';

/** What one unit test runs in: a manifest of its own, in which the given rows stand for the model's parents. */
export interface UnitTestScope {
  readonly session: RuntimeSession;
  readonly compiler: NodeCompiler;
  readonly node: UnitTestNode;
}

/** @throws DbtError `unit-test-input` when an input names nothing. */
export async function unitTestScope(
  session: RuntimeSession,
  uniqueId: string,
  outer: NodeCompiler,
): Promise<UnitTestScope> {
  const test = session.manifest.unit_tests[uniqueId];
  if (!test) throw new InternalError(`'${uniqueId}' is no unit test`);
  const { node, manifest, originals } = await unitTestParts(session.manifest, session.lookup, test);
  const own = session.withManifest(manifest);
  const tested = session.manifest.nodes[node.tested_node_unique_id];
  const compiler = new NodeCompiler(own, {
    prepare: (context, { unique_id: id }) => {
      if (id === node.unique_id) overrideForUnitTest(context, node);
      const original = originals.get(id);
      if (original === undefined) return;
      const columns = hostFunction(UNBUILT, () => unbuiltColumns(session, context.connection, original));
      context.extra.set(UNBUILT, columns);
    },
    typescript: () => outer.typescript,
    ...(tested ? { tested } : {}),
  });
  return { session: own, compiler, node };
}

/** Unit tests: the model's query over the given rows, compared with the rows that are expected. */
export const unitTestRunner: NodeRunner<UnitTestNode> = {
  async execute(run: NodeRun<UnitTestNode>): Promise<Outcome> {
    const { session, context, node } = run;
    const macro = materializationOf(session.macros, session.invocation.adapter, node);
    await materialize(context, macro).catch((error: unknown) => {
      throw isDbtError(error) && error.code !== 'interrupted' ? explained(error, run) : error;
    });
    const main = context.results.peek('main');
    if (!main) throw new DbtError('materialization-result', 'main is not being called during running unit test');
    const adapterResponse = responseFields(main.response);
    const rows = unitTestRows(main.table);
    const shown = differences(rows);
    if (shown === null) return { status: 'pass', message: null, failures: 0, adapterResponse };
    const message = `\n\nactual differs from expected:\n\n${shown}\n`;
    const evidence = compareRows(rows.columns, rows.expected, rows.actual);
    return { status: 'fail', message, failures: 1, adapterResponse, evidence };
  },
};

/** dbt names the test in errors of its templates only. */
function enginesWords(text: string): string {
  return text.replace(/^((?:Runtime|Database) Error) in .*/, '$1');
}

/** What went wrong while the rows were compared lies most often in how they are written. */
function explained(error: DbtError, { node, compiler, session }: NodeRun<UnitTestNode>): DbtError {
  const located = error instanceof StatementError ? locateInNode(error, node, compiler) : error;
  const { code: _code, severity: _severity, message: _message, ...details } = located.diagnostic;
  const name = session.manifest.nodes[node.unique_id] ? node.name : '';
  return new DbtError(
    'unit-test-failed',
    `An error occurred during execution of unit test '${name}'. ` +
      `There may be an error in the unit test definition: check the data types.\n ${enginesWords(failureText(error, node, compiler.config))}`,
    { ...details, cause: error },
  );
}
