import type * as Acorn from 'acorn';
import type { Module, SyntaxNode } from './syntax.js';

export type FunctionNode =
  | Acorn.FunctionDeclaration
  | Acorn.AnonymousFunctionDeclaration
  | Acorn.FunctionExpression
  | Acorn.ArrowFunctionExpression;

/** An export and what it is. */
export interface Exported {
  readonly name: string;
  /** The place of the export. */
  readonly node: SyntaxNode;
  /** The function, if it is one that is written in the module. */
  readonly fn: FunctionNode | null;
}

/** The exports of a module by some names. */
export function exportsNamed(module: Module, names: readonly string[]): readonly Exported[] {
  const found: Exported[] = [];
  const declared = declarations(module);
  const add = (name: string, node: SyntaxNode, value: SyntaxNode | null | undefined): void => {
    if (names.includes(name)) found.push({ name, node, fn: functionOf(value, declared) });
  };
  for (const statement of module.body) {
    if (statement.type === 'ExportDefaultDeclaration') add('default', statement, statement.declaration);
    if (statement.type !== 'ExportNamedDeclaration') continue;
    const { declaration, specifiers, source } = statement;
    if (declaration?.type === 'FunctionDeclaration') add(declaration.id.name, statement, declaration);
    if (declaration?.type === 'ClassDeclaration') add(declaration.id.name, statement, declaration);
    if (declaration?.type === 'VariableDeclaration') {
      for (const one of declaration.declarations) if (one.id.type === 'Identifier') add(one.id.name, one, one.init);
    }
    for (const { local, exported } of specifiers) {
      const name = exported.type === 'Identifier' ? exported.name : String(exported.value);
      add(name, statement, source ? null : local);
    }
  }
  return found;
}

/** What the names of a module's top level stand for. */
function declarations(module: Module): ReadonlyMap<string, SyntaxNode | null | undefined> {
  const found = new Map<string, SyntaxNode | null | undefined>();
  for (const statement of module.body) {
    const own = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    if (own?.type === 'FunctionDeclaration') found.set(own.id.name, own);
    if (own?.type !== 'VariableDeclaration') continue;
    for (const one of own.declarations) if (one.id.type === 'Identifier') found.set(one.id.name, one.init);
  }
  return found;
}

function functionOf(
  value: SyntaxNode | null | undefined,
  declared: ReadonlyMap<string, SyntaxNode | null | undefined>,
): FunctionNode | null {
  switch (value?.type) {
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return value;
    case 'ParenthesizedExpression':
      return functionOf(value.expression, declared);
    case 'Identifier': {
      const found = declared.get(value.name);
      return found?.type === 'Identifier' ? null : functionOf(found, declared);
    }
    default:
      return null;
  }
}
