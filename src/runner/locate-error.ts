import type { NodeCompiler, Place } from '../compiler/compile-node.js';
import { nodeFile } from '../compiler/in-file.js';
import type { StatementError } from '../context/node-connection.js';
import type { CompilableNode } from '../contracts/nodes.js';
import { DbtError, type DbtErrorOptions } from '../diagnostics/errors.js';
import { positionAt, type SourceSpan } from '../diagnostics/span.js';
import { enginePosition } from '../sql/engine-position.js';

/**
 * Finds the place of an engine's error in the file that the user wrote: the engine names a line of the statement, the
 * statement holds the compiled code, and the compiled code's map leads to the template. The compiled file is named in a
 * note, because there the engine's words can be checked. An error in another statement keeps the place in the
 * template that ran it, if it is one of the user's.
 */
export function locateInNode(error: StatementError, node: CompilableNode, compiler: NodeCompiler): DbtError {
  const { hint } = error.diagnostic;
  const details = detailsOf(error, node, compiler) ?? elsewhere(error, node);
  return new DbtError(error.code, error.message, { ...(hint ? { hint } : {}), ...details, cause: error });
}

function detailsOf(error: StatementError, node: CompilableNode, compiler: NodeCompiler): DbtErrorOptions | undefined {
  const code = node.compiled_code ?? '';
  const compiled = code.trim();
  const start = compiled === '' ? -1 : error.statement.indexOf(compiled);
  const at = enginePosition(error.message, error.statement);
  if (start === -1) return undefined;
  const file = node.compiled_path;
  const unknown = file ? { notes: [{ message: 'in the compiled SQL', span: { file, line: 1, column: 1 } }] } : {};
  if (!at) return unknown;
  const offset = lineStart(error.statement, at.line) + (at.column ?? indentation(error.statement, at.line));
  const leading = code.indexOf(compiled);
  const inside = offset - start + leading;
  if (inside < leading || inside > leading + compiled.length) return unknown;
  const expanded = positionAt(code, inside);
  const place = compiler.placeOf(node, inside);
  const found = place && spanOf(place, compiler.projectRoot(place.node), { ...(file ? { file } : {}), ...expanded });
  const notes = file ? { notes: [{ message: 'in the compiled SQL', span: { file, ...expanded } }] } : {};
  if (!found) return file ? { span: { file, ...expanded } } : {};
  return { span: found.span, sourceText: found.text, ...notes };
}

/** SQL that is not the node's own code: a hook's, or a query that its template made. */
function elsewhere(error: StatementError, node: CompilableNode): DbtErrorOptions {
  const call = [...(error.diagnostic.notes ?? [])].reverse().find((n) => n.message.startsWith('called from'));
  if (!call?.span || call.span.file !== node.original_file_path) return {};
  return { span: call.span };
}

/** A place in a node's code as a place in its file: the code is a part of the file, without the white space around. */
function spanOf(
  { node, offset, end }: Place,
  root: string,
  expanded: NonNullable<SourceSpan['expanded']>,
): { span: SourceSpan; text: string } | undefined {
  const raw = node.raw_code.replace(/\r\n?/g, '\n');
  const text = nodeFile(node, root) ?? raw;
  const start = text.indexOf(raw);
  if (start === -1) return undefined;
  const from = positionAt(text, start + offset);
  const to = end === undefined ? undefined : positionAt(text, start + end);
  const stretch = to ? { endLine: to.line, endColumn: to.column } : {};
  return { text, span: { file: node.original_file_path, ...from, ...stretch, expanded } };
}

function lineStart(text: string, line: number): number {
  let at = 0;
  for (let i = 1; i < line; i++) {
    const next = text.indexOf('\n', at);
    if (next === -1) return at;
    at = next + 1;
  }
  return at;
}

function indentation(text: string, line: number): number {
  const start = lineStart(text, line);
  let at = start;
  while (text[at] === ' ' || text[at] === '\t') at += 1;
  return at - start;
}
