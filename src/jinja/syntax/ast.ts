/** Where a node stands in the template's (normalised) text. */
interface Place {
  readonly start: number;
  readonly end: number;
}

/** The arguments of a call, filter or test. */
export interface Arguments {
  readonly positional: readonly Expr[];
  readonly keyword: readonly { readonly name: string; readonly value: Expr }[];
  /** `*args`. */
  readonly star: Expr | undefined;
  /** `**kwargs`. */
  readonly starStar: Expr | undefined;
}

export type BinaryOp = '+' | '-' | '*' | '/' | '//' | '%' | '**';
export type CompareOp = 'eq' | 'ne' | 'lt' | 'lteq' | 'gt' | 'gteq' | 'in' | 'notin';

export interface ConstExpr extends Place {
  readonly type: 'const';
  readonly value: unknown;
}
export interface NameExpr extends Place {
  readonly type: 'name';
  readonly name: string;
}
export interface SequenceExpr extends Place {
  readonly type: 'tuple' | 'list';
  readonly items: readonly Expr[];
}
export interface DictExpr extends Place {
  readonly type: 'dict';
  readonly items: readonly { readonly key: Expr; readonly value: Expr }[];
}
export interface AttrExpr extends Place {
  readonly type: 'attr';
  readonly object: Expr;
  readonly name: string;
}
export interface ItemExpr extends Place {
  readonly type: 'item';
  readonly object: Expr;
  readonly key: Expr;
}
export interface SliceExpr extends Place {
  readonly type: 'slice';
  readonly from: Expr | undefined;
  readonly to: Expr | undefined;
  readonly step: Expr | undefined;
}
export interface CallExpr extends Place {
  readonly type: 'call';
  readonly callee: Expr;
  readonly args: Arguments;
}
export interface FilterExpr extends Place {
  readonly type: 'filter';
  /** Missing in `{% filter name %}` and `{% set x | name %}`: the input is the block. */
  readonly input: Expr | undefined;
  readonly name: string;
  readonly nameStart: number;
  readonly args: Arguments;
}
export interface TestExpr extends Place {
  readonly type: 'test';
  readonly input: Expr;
  readonly name: string;
  readonly nameStart: number;
  readonly args: Arguments;
}
export interface UnaryExpr extends Place {
  readonly type: 'unary';
  readonly operator: '-' | '+' | 'not';
  readonly operand: Expr;
}
export interface BinaryExpr extends Place {
  readonly type: 'binary';
  readonly operator: BinaryOp;
  readonly left: Expr;
  readonly right: Expr;
}
export interface CompareExpr extends Place {
  readonly type: 'compare';
  readonly first: Expr;
  readonly rest: readonly { readonly operator: CompareOp; readonly operand: Expr }[];
}
export interface ConcatExpr extends Place {
  readonly type: 'concat';
  readonly items: readonly Expr[];
}
export interface LogicalExpr extends Place {
  readonly type: 'logical';
  readonly operator: 'and' | 'or';
  readonly left: Expr;
  readonly right: Expr;
}
export interface ConditionalExpr extends Place {
  readonly type: 'conditional';
  readonly test: Expr;
  readonly yes: Expr;
  readonly otherwise: Expr | undefined;
}

export type Expr =
  | ConstExpr
  | NameExpr
  | SequenceExpr
  | DictExpr
  | AttrExpr
  | ItemExpr
  | SliceExpr
  | CallExpr
  | FilterExpr
  | TestExpr
  | UnaryExpr
  | BinaryExpr
  | CompareExpr
  | ConcatExpr
  | LogicalExpr
  | ConditionalExpr;

/** What `set` and `for` assign to. */
export type Target =
  | NameExpr
  | (Place & { readonly type: 'targets'; readonly items: readonly Target[] })
  | (Place & { readonly type: 'nsref'; readonly name: string; readonly attr: string });

export interface Param {
  readonly name: string;
  readonly default: Expr | undefined;
  readonly start: number;
  readonly end: number;
}

export type MacroKind = 'macro' | 'materialization' | 'test' | 'data_test' | 'docs';

export interface DataNode extends Place {
  readonly type: 'data';
  readonly text: string;
}
export interface OutputNode extends Place {
  readonly type: 'output';
  readonly expression: Expr;
}
export interface DoNode extends Place {
  readonly type: 'do';
  readonly expression: Expr;
}
export interface SetNode extends Place {
  readonly type: 'set';
  readonly target: Target;
  readonly value: Expr;
}
export interface SetBlockNode extends Place {
  readonly type: 'setblock';
  readonly target: Target;
  readonly filter: FilterExpr | undefined;
  readonly body: readonly Stmt[];
}
export interface IfNode extends Place {
  readonly type: 'if';
  readonly branches: readonly { readonly test: Expr; readonly body: readonly Stmt[] }[];
  readonly otherwise: readonly Stmt[];
}
export interface ForNode extends Place {
  readonly type: 'for';
  readonly target: Target;
  readonly iterable: Expr;
  readonly test: Expr | undefined;
  readonly recursive: boolean;
  readonly body: readonly Stmt[];
  readonly otherwise: readonly Stmt[];
}
export interface MacroNode extends Place {
  readonly type: 'macro';
  readonly kind: MacroKind;
  /** As written after the keyword. */
  readonly name: string;
  /** The variable that the statement sets, dbt's prefixed name: two macros never meet by their written names. */
  readonly variable: string;
  readonly adapter: string | undefined;
  readonly languages: readonly string[] | undefined;
  readonly params: readonly Param[];
  readonly body: readonly Stmt[];
}
export interface CallBlockNode extends Place {
  readonly type: 'callblock';
  readonly call: CallExpr;
  readonly params: readonly Param[];
  readonly body: readonly Stmt[];
}
export interface FilterBlockNode extends Place {
  readonly type: 'filterblock';
  readonly filter: FilterExpr;
  readonly body: readonly Stmt[];
}
export interface WithNode extends Place {
  readonly type: 'with';
  readonly items: readonly { readonly target: Target; readonly value: Expr }[];
  readonly body: readonly Stmt[];
}
export interface LoopControlNode extends Place {
  readonly type: 'break' | 'continue';
}

export type Stmt =
  | DataNode
  | OutputNode
  | DoNode
  | SetNode
  | SetBlockNode
  | IfNode
  | ForNode
  | MacroNode
  | CallBlockNode
  | FilterBlockNode
  | WithNode
  | LoopControlNode;

/** A whole template. */
export interface TemplateNode {
  readonly type: 'template';
  readonly body: readonly Stmt[];
}
