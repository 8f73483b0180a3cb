import { createRequire } from 'node:module';
import { DbtError } from '../diagnostics/errors.js';

type Swc = typeof import('@swc/wasm-typescript');

/** What the library throws. Lines are 1-based, columns 0-based. */
interface SwcError {
  readonly code: string;
  readonly message: string;
  readonly startLine?: number;
  readonly startColumn?: number;
  readonly endLine?: number;
  readonly endColumn?: number;
}

/**
 * Replaces the types of a TypeScript module with blanks: what is left is at the same line and column. As in Node, what is
 * more than types (enums, namespaces, parameter properties) is refused.
 *
 * @param file The path for diagnostics.
 * @throws DbtError `typescript-syntax` with the place.
 */
export function stripTypes(text: string, file: string): string {
  // Half of the 80 ms that it takes is WebAssembly being compiled: not loaded before it is needed, and see ModuleFiles.
  const { transformSync } = createRequire(import.meta.url)('@swc/wasm-typescript') as Swc;
  try {
    return transformSync(text, { mode: 'strip-only', module: true, sourceMap: false }).code ?? '';
  } catch (error) {
    throw syntaxError(error, text, file);
  }
}

function syntaxError(error: unknown, text: string, file: string): DbtError {
  const { code, message, startLine = 1, startColumn = 0, endLine, endColumn } = error as SwcError;
  const end = endLine !== undefined && endColumn !== undefined ? { endLine, endColumn: endColumn + 1 } : {};
  return new DbtError('typescript-syntax', message ?? String(error), {
    span: { file, line: startLine, column: startColumn + 1, ...end },
    sourceText: text,
    hint:
      code === 'UnsupportedSyntax'
        ? 'Only types are taken out, nothing is translated: write what JavaScript has, e.g. an object in place of an enum.'
        : 'Correct the syntax.',
    cause: error,
  });
}
