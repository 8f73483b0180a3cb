import type { JsonObject } from '../../contracts/common.js';
import { DbtError } from '../../diagnostics/errors.js';
import { type MethodName, parseMethod } from './method-names.js';

/** How tests come along with the nodes that they test. */
export type IndirectSelection = 'eager' | 'cautious' | 'buildable' | 'empty';

/** A value as written: text on the command line, any scalar in selectors.yml. */
export type SelectorValue = string | number | boolean;

/** One `method:value` with its graph operators. */
export interface Criterion {
  readonly kind: 'criterion';
  readonly method: MethodName;
  /** What follows the method's name: `materialized` in `config.materialized:view`. */
  readonly args: readonly string[];
  readonly value: SelectorValue;
  /** `@`. */
  readonly childrensParents: boolean;
  readonly parents: boolean;
  /** Undefined is without limit. */
  readonly parentsDepth: number | undefined;
  readonly children: boolean;
  readonly childrenDepth: number | undefined;
  readonly indirectSelection: IndirectSelection;
}

/** A combination of specs. */
export interface Combination {
  readonly kind: 'union' | 'intersection' | 'difference';
  readonly parts: readonly Spec[];
  readonly indirectSelection: IndirectSelection;
  /** The criterion as written on the command line, to warn of when it matches nothing. */
  readonly expected?: string;
}

/** What to select, parsed. */
export type Spec = Criterion | Combination;

const CRITERION =
  /^(?<at>@)?(?<parents>(?<parentsDepth>\p{Nd}*)\+)?(?:(?<method>[\p{L}\p{N}_.]+):)?(?<value>[^\n]*?)(?<children>\+(?<childrenDepth>\p{Nd}*))?$/u;

/** What dbt selects when it is not told anything. */
const DEFAULT_INCLUDES = ['fqn:*', 'source:*', 'exposure:*', 'metric:*', 'semantic_model:*'];

/**
 * Parses one criterion, e.g. `2+tag:nightly+` or `@stg_orders`.
 *
 * @throws DbtError `selector-invalid`, `selector-method-unknown`
 */
export function parseCriterion(raw: string, indirectSelection: IndirectSelection): Criterion {
  const { at, parents, parentsDepth, method, value = '', children, childrenDepth } = split(raw);
  return checked(raw, {
    kind: 'criterion',
    ...(method === undefined ? { method: defaultMethod(value), args: [] } : parseMethod(method, raw)),
    value,
    childrensParents: at !== undefined,
    parents: parents !== undefined,
    parentsDepth: depthOf(parentsDepth),
    children: children !== undefined,
    childrenDepth: depthOf(childrenDepth),
    indirectSelection,
  });
}

/** A criterion as the fields that selectors.yml has for it, in dbt's spelling: only those that are given. */
export function parseCriterionFields(raw: string): JsonObject {
  const { at, parents, parentsDepth, method, value = '', children, childrenDepth } = split(raw);
  return {
    ...(at !== undefined && { childrens_parents: true }),
    ...(parents !== undefined && { parents: true }),
    ...(parentsDepth && { parents_depth: parentsDepth }),
    method: method ?? defaultMethod(value),
    ...(value !== '' && { value }),
    ...(children !== undefined && { children: true }),
    ...(childrenDepth && { children_depth: childrenDepth }),
  };
}

function split(raw: string): Readonly<Record<string, string | undefined>> {
  const groups = CRITERION.exec(raw)?.groups;
  if (!groups) throw new DbtError('selector-invalid', `Invalid selector spec "${raw}"`);
  return groups;
}

/** Refuses what dbt refuses: `@` goes down without limit already. */
export function checked(raw: string, criterion: Criterion): Criterion {
  if (criterion.children && criterion.childrensParents) {
    throw new DbtError('selector-invalid', `Invalid node spec ${raw} - "@" prefix and "+" suffix are incompatible`, {
      hint: '"@" already selects everything downstream, with all its parents.',
    });
  }
  return criterion;
}

/** Without a method, a value with a separator is a path, one with a known ending a file, anything else a name. */
export function defaultMethod(value: string): MethodName {
  if (value.includes('/')) return 'path';
  return /\.(?:sql|py|csv)$/i.test(value) ? 'file' : 'fqn';
}

/** Parses `--select` and `--exclude`: spaces are unions, commas intersections. */
export function parseSelection(
  select: readonly string[],
  exclude: readonly string[],
  indirectSelection: IndirectSelection,
): Spec {
  const included =
    select.length > 0
      ? parseUnion(select, true, indirectSelection)
      : parseUnion(DEFAULT_INCLUDES, false, indirectSelection);
  const excluded = parseUnion(exclude, true, indirectSelection);
  return { kind: 'difference', parts: [included, excluded], indirectSelection: 'eager' };
}

function parseUnion(components: readonly string[], expected: boolean, indirectSelection: IndirectSelection): Spec {
  const parts = components
    .flatMap((component) => component.split(' '))
    .map(
      (raw): Spec => ({
        kind: 'intersection',
        parts: raw.split(',').map((part) => parseCriterion(part, indirectSelection)),
        indirectSelection,
        ...(expected && { expected: raw }),
      }),
    );
  return { kind: 'union', parts, indirectSelection };
}

function depthOf(digits: string | undefined): number | undefined {
  if (!digits) return undefined;
  // Any script's digits count, as in Python's int().
  const ascii = [...digits].map((digit) => (/[0-9]/.test(digit) ? digit : String(decimalValue(digit))));
  return Number(ascii.join(''));
}

/** Decimal digits stand in runs of ten that begin with zero. */
function decimalValue(digit: string): number {
  const code = digit.codePointAt(0) as number;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
  return code - zero;
}
