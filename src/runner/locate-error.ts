import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NodeCompiler, Place } from '../compiler/compile-node.js';
import type { CompilableNode } from '../contracts/nodes.js';
import type { StatementError } from '../context/node-connection.js';
import type { DbtError } from '../diagnostics/errors.js';
import { positionAt, type SourceSpan } from '../diagnostics/span.js';
import { enginePosition } from '../sql/engine-position.js';

/**
 * Finds the place of an engine's error in the file that the user wrote: the engine names a line of the statement, the
 * statement holds the compiled code, and the compiled code's map leads to the template. The compiled file is named in a
 * note, because there the engine's words can be checked.
 */
export function locateInNode(error: StatementError, node: CompilableNode, compiler: NodeCompiler): DbtError {
  const at = enginePosition(error.message, error.statement);
  const compiled = node.compiled_code?.trim() ?? '';
  const start = compiled === '' ? -1 : error.statement.indexOf(compiled);
  const file = node.compiled_path ?? undefined;
  if (!at || start === -1) {
    return file ? error.with({ notes: [{ message: `compiled: ${file}` }] }) : error;
  }
  const offset = lineStart(error.statement, at.line) + (at.column ?? firstWord(error.statement, at.line));
  const leading = (node.compiled_code ?? '').indexOf(compiled);
  const inside = offset - start + leading;
  if (inside < leading || inside > leading + compiled.length) {
    return file ? error.with({ notes: [{ message: `compiled: ${file}` }] }) : error;
  }
  const expanded = positionAt(node.compiled_code ?? '', inside);
  const note = file ? { message: 'in the compiled SQL', span: { file, ...expanded } } : undefined;
  const place = compiler.placeOf(node, inside);
  const span = place && spanOf(place, compiler.projectRoot(place.node), { ...(file ? { file } : {}), ...expanded });
  return error.with({
    ...(span ? { span: span.span, sourceText: span.text } : file ? { span: { file, ...expanded } } : {}),
    ...(note ? { notes: [note] } : {}),
  });
}

/** A place in a node's code as a place in its file: the code is a part of the file, without the white space around. */
function spanOf(
  place: Place,
  root: string,
  expanded: NonNullable<SourceSpan['expanded']>,
): { span: SourceSpan; text: string } | undefined {
  const { node, offset, end } = place;
  let text: string;
  try {
    text = readFileSync(join(root, node.original_file_path), 'utf8').replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  } catch {
    text = node.raw_code;
  }
  const start = text.indexOf(node.raw_code.replace(/\r\n?/g, '\n'));
  if (start === -1) return undefined;
  const from = positionAt(text, start + offset);
  const to = end === undefined ? undefined : positionAt(text, start + end);
  return {
    text,
    span: {
      file: node.original_file_path,
      ...from,
      ...(to ? { endLine: to.line, endColumn: to.column } : {}),
      expanded,
    },
  };
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

function firstWord(text: string, line: number): number {
  const start = lineStart(text, line);
  let at = start;
  while (at < text.length && (text[at] === ' ' || text[at] === '\t')) at += 1;
  return at - start;
}
