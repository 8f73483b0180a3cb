import type * as Acorn from 'acorn';
import type { FunctionNode } from './exported-function.js';
import { childrenOf, type SyntaxNode } from './syntax.js';

/** A use of a member of a function's first parameter: `dbt.ref('x')`, or `ref('x')` where the parameter is destructured. */
export interface MemberUse {
  readonly member: string;
  /** The call, when the use is one; null when the member is used in another way. */
  readonly call: Acorn.CallExpression | null;
  /** Whether it is a member of it that is used, e.g. `config.get`. */
  readonly accessed: boolean;
  readonly node: SyntaxNode;
}

/** What a name of the scope stands for: the parameter itself, or one of its members. */
type Binding = { readonly whole: true } | { readonly member: string };
type Bindings = ReadonlyMap<string, Binding>;

/**
 * Finds the uses of some members of a function's first parameter in the function. Names that an inner scope declares anew are
 * not followed, nor is the parameter when it is handed on as a whole.
 */
export function parameterUses(fn: FunctionNode, members: readonly string[]): readonly MemberUse[] {
  const [parameter] = fn.params;
  if (!parameter) return [];
  const bindings = new Map<string, Binding>();
  bind(parameter, bindings);
  const uses: MemberUse[] = [];
  const visitor = new Visitor(members, uses);
  visitor.visit(fn.body, bindings, null);
  return uses;
}

/** Notes what a pattern makes of the whole parameter. */
function bind(pattern: Acorn.Pattern, bindings: Map<string, Binding>): void {
  if (pattern.type === 'Identifier') bindings.set(pattern.name, { whole: true });
  else if (pattern.type === 'AssignmentPattern') bind(pattern.left, bindings);
  else if (pattern.type === 'ObjectPattern') {
    for (const property of pattern.properties) {
      if (property.type === 'RestElement') bind(property.argument, bindings);
      else if (!property.computed) {
        const { key, value } = property;
        const member = key.type === 'Identifier' ? key.name : key.type === 'Literal' ? String(key.value) : '';
        const target = value.type === 'AssignmentPattern' ? value.left : value;
        if (target.type === 'Identifier') bindings.set(target.name, { member });
      }
    }
  }
}

class Visitor {
  readonly #members: readonly string[];
  readonly #uses: MemberUse[];

  constructor(members: readonly string[], uses: MemberUse[]) {
    this.#members = members;
    this.#uses = uses;
  }

  visit(node: SyntaxNode, outer: Bindings, parent: SyntaxNode | null): void {
    const bindings = inScope(node, outer);
    if (node.type === 'VariableDeclarator' && node.init && isWhole(node.init, bindings)) return;
    const member = memberOf(node, bindings);
    if (member !== undefined) {
      if (this.#members.includes(member)) this.#note(member, node, parent);
      return;
    }
    for (const child of childrenOf(node)) {
      if (isName(child, node)) continue;
      this.visit(child, bindings, node);
    }
  }

  #note(member: string, node: SyntaxNode, parent: SyntaxNode | null): void {
    const called = parent?.type === 'CallExpression' && parent.callee === node;
    const accessed = parent?.type === 'MemberExpression' && parent.object === node;
    this.#uses.push({ member, call: called ? parent : null, accessed, node });
  }
}

/** The parameter's member that an expression is: `ref`, `dbt.ref`, `dbt['ref']`. */
function memberOf(node: SyntaxNode, bindings: Bindings): string | undefined {
  if (node.type === 'Identifier') {
    const binding = bindings.get(node.name);
    return binding && 'member' in binding ? binding.member : undefined;
  }
  if (node.type !== 'MemberExpression' || !isWhole(node.object, bindings)) return undefined;
  const { property, computed } = node;
  if (!computed) return property.type === 'Identifier' ? property.name : undefined;
  return property.type === 'Literal' && typeof property.value === 'string' ? property.value : undefined;
}

function isWhole(node: SyntaxNode, bindings: Bindings): boolean {
  const binding = node.type === 'Identifier' ? bindings.get(node.name) : undefined;
  return binding !== undefined && 'whole' in binding;
}

/** Whether an identifier is a name only: a key, a property, a label. */
function isName(child: SyntaxNode, parent: SyntaxNode): boolean {
  if (child.type !== 'Identifier') return false;
  if (parent.type === 'MemberExpression') return parent.property === child && !parent.computed;
  if (parent.type === 'Property') return parent.key === child && parent.value !== child && !parent.computed;
  return parent.type === 'LabeledStatement' || parent.type === 'BreakStatement' || parent.type === 'ContinueStatement';
}

/** The bindings within a node: without the names that it declares, with what it takes out of the parameter. */
function inScope(node: SyntaxNode, outer: Bindings): Bindings {
  const patterns: Acorn.Pattern[] = [];
  const taken = new Map<string, Binding>();
  const declaration = (child: SyntaxNode | null | undefined): void => {
    if ((child?.type === 'FunctionDeclaration' || child?.type === 'ClassDeclaration') && child.id)
      patterns.push(child.id);
    if (child?.type !== 'VariableDeclaration') return;
    for (const { id, init } of child.declarations) {
      if (init && isWhole(init, outer)) bind(id, taken);
      else patterns.push(id);
    }
  };
  switch (node.type) {
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      patterns.push(...node.params);
      break;
    case 'BlockStatement':
    case 'StaticBlock':
      node.body.forEach(declaration);
      break;
    case 'ForStatement':
      declaration(node.init as SyntaxNode | null);
      break;
    case 'ForInStatement':
    case 'ForOfStatement':
      declaration(node.left);
      break;
    case 'CatchClause':
      if (node.param) patterns.push(node.param);
      break;
    default:
      return outer;
  }
  const hidden = new Set(patterns.flatMap(namesOf));
  if (taken.size === 0 && ![...hidden].some((name) => outer.has(name))) return outer;
  return new Map([...[...outer].filter(([name]) => !hidden.has(name)), ...taken]);
}

function namesOf(pattern: Acorn.Pattern): readonly string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name];
    case 'AssignmentPattern':
      return namesOf(pattern.left);
    case 'RestElement':
      return namesOf(pattern.argument);
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) => (element ? namesOf(element) : []));
    case 'ObjectPattern':
      return pattern.properties.flatMap((one) => namesOf(one.type === 'RestElement' ? one.argument : one.value));
    default:
      return [];
  }
}
