import { createRequire } from 'node:module';
import type * as Acorn from 'acorn';
import { DbtError } from '../diagnostics/errors.js';
import { positionAt, type SourceSpan } from '../diagnostics/span.js';

/** A node of the syntax tree, as ESTree names them; `start` and `end` are offsets in the file. */
export type SyntaxNode = Acorn.AnyNode;
export type Module = Acorn.Program;

/**
 * Parses a module whose types have been taken out.
 *
 * @throws DbtError `typescript-syntax` with the place.
 */
export function parseModule(code: string, file: string): Module {
  const { parse } = createRequire(import.meta.url)('acorn') as typeof Acorn;
  try {
    return parse(code, { ecmaVersion: 'latest', sourceType: 'module', allowHashBang: true });
  } catch (error) {
    const { message, pos = 0 } = error as Error & { readonly pos?: number };
    throw new DbtError('typescript-syntax', message.replace(/ \(\d+:\d+\)$/, ''), {
      span: { file, ...positionAt(code, pos) },
      sourceText: code,
      hint: 'Correct the syntax.',
      cause: error,
    });
  }
}

/** The place of a node. */
export function spanOf(node: { readonly start: number; readonly end: number }, text: string, file: string): SourceSpan {
  const end = positionAt(text, node.end);
  return { file, ...positionAt(text, node.start), endLine: end.line, endColumn: end.column };
}

/** The nodes right below a node, in the order of the text. */
export function* childrenOf(node: SyntaxNode): IterableIterator<SyntaxNode> {
  for (const value of Object.values(node)) {
    if (Array.isArray(value)) {
      for (const item of value) if (isNode(item)) yield item;
    } else if (isNode(value)) yield value;
  }
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
}

/** A literal that an expression is: JSON's values, written out. */
export type Literal = string | number | boolean | null | readonly Literal[] | { readonly [key: string]: Literal };

/** The value of a literal expression; the first part that is none otherwise. */
export function literalOf(node: SyntaxNode): { readonly value: Literal } | { readonly dynamic: SyntaxNode } {
  switch (node.type) {
    case 'Literal': {
      const { value } = node;
      const plain =
        value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
      return plain && !('regex' in node && node.regex) ? { value } : { dynamic: node };
    }
    case 'TemplateLiteral': {
      const text = node.quasis[0]?.value.cooked;
      return node.expressions.length === 0 && typeof text === 'string' ? { value: text } : { dynamic: node };
    }
    case 'UnaryExpression': {
      const inner = literalOf(node.argument);
      if ('dynamic' in inner) return inner;
      return node.operator === '-' && typeof inner.value === 'number' ? { value: -inner.value } : { dynamic: node };
    }
    case 'ArrayExpression': {
      const items: Literal[] = [];
      for (const element of node.elements) {
        const item = element === null ? { dynamic: node } : literalOf(element);
        if ('dynamic' in item) return item;
        items.push(item.value);
      }
      return { value: items };
    }
    case 'ObjectExpression': {
      const entries: [string, Literal][] = [];
      for (const property of node.properties) {
        if (property.type !== 'Property' || property.computed || property.shorthand || property.kind !== 'init') {
          return { dynamic: property };
        }
        const { key } = property;
        const name = key.type === 'Identifier' ? key.name : key.type === 'Literal' ? String(key.value) : null;
        const item = name === null ? { dynamic: key } : literalOf(property.value);
        if ('dynamic' in item) return item;
        entries.push([name ?? '', item.value]);
      }
      return { value: Object.fromEntries(entries) };
    }
    case 'ParenthesizedExpression':
      return literalOf(node.expression);
    default:
      return { dynamic: node };
  }
}
