import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readYaml } from '../config/yaml.js';
import type { ManifestNode, TestNode, UnitTestNode } from '../contracts/nodes.js';
import { mapSpans } from '../diagnostics/errors.js';
import { positionAt, type SourceSpan } from '../diagnostics/span.js';
import { findTest } from './find-test.js';

/** A node's file with `\n` line ends. Null when it can't be read any more. */
export function nodeFile(node: Pick<ManifestNode, 'original_file_path'>, root: string): string | null {
  try {
    return readFileSync(join(root, node.original_file_path), 'utf8')
      .replace(/^\uFEFF/, '')
      .replace(/\r\n?/g, '\n');
  } catch {
    return null;
  }
}

/**
 * Turns the places that an error has in a node's template into places of the node's file. The template is a part of the file,
 * without the white space around; that of a generic test stands in no file, its place is the test's in the properties.
 */
export function placeInFile(error: unknown, node: ManifestNode, root: string): void {
  const text = nodeFile(node, root);
  if (text === null) return;
  let move: ((span: SourceSpan) => SourceSpan | undefined) | undefined;
  mapSpans(error, text, (span) => {
    if (span.file !== node.original_file_path) return span;
    move ??= node.resource_type === 'test' && node.test_metadata ? testMove(node, text) : templateMove(node, text);
    return move(span);
  });
}

type Move = (span: SourceSpan) => SourceSpan | undefined;

function templateMove(node: ManifestNode, text: string): Move {
  const start = text.indexOf(node.raw_code.replace(/\r\n?/g, '\n'));
  if (start === -1) return () => undefined;
  const from = positionAt(text, start);
  const line = (at: number): number => at + from.line - 1;
  const column = (at: number, inLine: number): number => (inLine === 1 ? at + from.column - 1 : at);
  return ({ endLine, endColumn, ...span }) => ({
    ...span,
    line: line(span.line),
    column: column(span.column, span.line),
    ...(endLine === undefined ? {} : { endLine: line(endLine) }),
    ...(endColumn === undefined ? {} : { endColumn: column(endColumn, endLine ?? span.line) }),
  });
}

function testMove(node: TestNode, text: string): Move {
  const place = placeInProperties(node, text);
  return () => place;
}

function placeInProperties(node: TestNode, text: string): SourceSpan | undefined {
  const document = readYaml(text, node.original_file_path);
  const path = findTest(document, node);
  return path && document.span(path);
}

/** Where a unit test is written in the properties; undefined when the file has changed meanwhile. */
export function placeOfUnitTest(node: UnitTestNode, root: string): SourceSpan | undefined {
  const text = nodeFile(node, root);
  if (text === null) return undefined;
  const document = readYaml(text, node.original_file_path);
  const tests = (document.value as { readonly unit_tests?: unknown } | null)?.unit_tests;
  if (!Array.isArray(tests)) return undefined;
  const at = tests.findIndex((test: { readonly name?: unknown } | null) => {
    const id = `unit_test.${node.package_name}.${node.model}.${String(test?.name)}`;
    return node.unique_id === id || node.unique_id.startsWith(`${id}_v`);
  });
  return at === -1 ? undefined : document.span(['unit_tests', at, 'name']);
}

/** Where a generic test is written in the properties; undefined for a singular one, or when the file has changed meanwhile. */
export function placeOfTest(node: TestNode, root: string): SourceSpan | undefined {
  if (!node.test_metadata) return undefined;
  const text = nodeFile(node, root);
  return text === null ? undefined : placeInProperties(node, text);
}
