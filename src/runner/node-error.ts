import type { NodeCompiler } from '../compiler/compile-node.js';
import { placeOfTest, placeOfUnitTest } from '../compiler/in-file.js';
import { StatementError } from '../context/node-connection.js';
import type { CompilableNode, ManifestNode, UnitTestNode } from '../contracts/nodes.js';
import { type DbtError, type Diagnostic, isDbtError } from '../diagnostics/errors.js';
import { failureText } from './failure-text.js';
import { locateInNode } from './locate-error.js';

/** A failure of a node: dbt's message for the results, and what a person is shown. */
export interface NodeFailure {
  readonly message: string;
  readonly diagnostic: Diagnostic;
}

/**
 * Describes what a node threw: dbt's text, and a diagnostic with the place in the file that the user wrote. A bug of
 * tsdbt is described as one.
 */
export function describeFailure(error: unknown, node: ManifestNode, compiler: NodeCompiler): NodeFailure {
  const uniqueId = node.unique_id;
  if (!isDbtError(error)) {
    const bug = error instanceof Error ? error : new Error(String(error));
    return {
      message: `Internal Error\n  ${bug.message}`,
      diagnostic: {
        code: 'internal-error',
        severity: 'error',
        message: `This is a bug of tsdbt: ${bug.message}`,
        hint: 'Please report it, with the stack below.',
        notes: [{ message: bug.stack ?? bug.message }],
        uniqueId,
      },
    };
  }
  const located = error instanceof StatementError ? locateInNode(error, node as CompilableNode, compiler) : error;
  const culprit = compiler.culpritOf(error) ?? node;
  const diagnostic =
    node.resource_type === 'unit_test' ? ofUnitTest(located, node, compiler) : placed(located, culprit, compiler);
  return { message: failureText(error, culprit, compiler.config), diagnostic: { ...diagnostic, uniqueId } };
}

/** What is wrong with a unit test is to be put right where it is written, whichever macro found it. */
function ofUnitTest(error: DbtError, node: UnitTestNode, compiler: NodeCompiler): Diagnostic {
  const { sourceText: _sourceText, ...diagnostic } = error.diagnostic;
  const written = placeOfUnitTest(node, compiler.projectRoot(node));
  return { ...diagnostic, span: written ?? { file: node.original_file_path, line: 1, column: 1 } };
}

/** An error without any place gets at least the node's; that of a generic test names the test in the properties too. */
function placed(error: DbtError, node: ManifestNode, compiler: NodeCompiler): Diagnostic {
  const { diagnostic } = error;
  const { span, notes = [] } = diagnostic;
  const written = node.resource_type === 'test' ? placeOfTest(node, compiler.projectRoot(node)) : undefined;
  if (!span) return { ...diagnostic, span: written ?? { file: node.original_file_path, line: 1, column: 1 } };
  if (!written || [span, ...notes.map((n) => n.span)].some((at) => at?.file === written.file)) return diagnostic;
  return { ...diagnostic, notes: [...notes, { message: 'the test is written', span: written }] };
}
