import type { CompilableNode, ManifestNode } from '../contracts/nodes.js';
import { StatementError } from '../context/node-connection.js';
import { type Diagnostic, DbtError, InternalError, isDbtError } from '../diagnostics/errors.js';
import { locateInNode } from './locate-error.js';
import type { NodeCompiler } from '../compiler/compile-node.js';

/** A failure of a node: dbt's message for the results, and what a person is shown. */
export interface NodeFailure {
  readonly message: string;
  readonly diagnostic: Diagnostic;
}

/** dbt's names of the kinds of errors, by code; what is not listed is a compilation error. */
const KINDS: { readonly [code: string]: string } = {
  'database-error': 'Runtime',
  'fail-fast': 'FailFast',
  interrupted: 'Runtime',
  'materialization-result': 'Runtime',
  'test-result': 'Runtime',
  'python-unsupported': 'Runtime',
  'seed-invalid': 'Runtime',
};

/**
 * Describes what a node threw, as dbt's exceptions print: the kind of error and the node, then the message indented.
 * A bug of tsdbt is described as one.
 */
export function describeFailure(error: unknown, node: ManifestNode, compiler: NodeCompiler): NodeFailure {
  if (!isDbtError(error)) {
    const cause = error instanceof Error ? error : new Error(String(error));
    const bug = `Internal Error\n  ${cause.message}`;
    return {
      message: bug,
      diagnostic: {
        code: 'internal-error',
        severity: 'error',
        message: `This is a bug of tsdbt: ${cause.message}`,
        hint: 'Please report it, with the stack below.',
        notes: [{ message: cause.stack ?? cause.message }],
        uniqueId: node.unique_id,
      },
    };
  }
  const located = locate(error, node, compiler);
  return {
    message: failureText(error, node),
    diagnostic: { ...located.diagnostic, uniqueId: node.unique_id },
  };
}

/** dbt's text of an exception in a node: what `run_results.json` holds as the message. */
export function failureText(error: DbtError, node: ManifestNode): string {
  const where = `${node.resource_type} ${node.name} (${node.original_file_path})`;
  const text = error.code === 'jinja-undefined' ? `${error.message}${UNDEFINED_ADVICE}` : error.message;
  const lines = text.split('\n').map((line) => `  ${line}`);
  return `${KINDS[error.code] ?? 'Compilation'} Error in ${where}\n${lines.join('\n')}`;
}

const UNDEFINED_ADVICE =
  '. This can happen when calling a macro that does not exist. Check for typos and/or install package dependencies with "dbt deps".';

function locate(error: DbtError, node: ManifestNode, compiler: NodeCompiler): DbtError {
  if (!(error instanceof StatementError)) return error;
  try {
    return locateInNode(error, node as CompilableNode, compiler);
  } catch (problem) {
    if (problem instanceof InternalError) throw problem;
    return error;
  }
}
