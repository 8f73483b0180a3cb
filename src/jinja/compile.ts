import { DbtError, InternalError } from '../diagnostics/errors.js';
import { StatementWriter } from './codegen/statements.js';
import { Unit } from './codegen/unit.js';
import { failAt } from './runtime/fail.js';
import type { Registry } from './runtime/functions.js';
import { ASYNC_LIBRARY, LIBRARY_NAMES, SYNC_LIBRARY } from './runtime/library.js';
import type { RenderState } from './runtime/state.js';
import type { MacroNode, TemplateNode } from './syntax/ast.js';
import type { TemplateSource } from './syntax/source.js';

/** A compiled root or macro: a state and, for a macro, its bound arguments. */
export type CompiledFunction = (state: RenderState, values: readonly unknown[]) => unknown;

/** How to compile. */
export interface CompileOptions {
  readonly isAsync: boolean;
  /** Whether the root gives the list of its values instead of a text. */
  readonly native?: boolean;
  /** Whether the root reports where its output comes from. */
  readonly traced?: boolean;
  readonly registry: Registry;
}

const PARAMETERS = [...LIBRARY_NAMES, 'K', 'F', 'T', 'fail'];

/**
 * Turns a template's root or one macro into a JavaScript function. The generated source consists of the code
 * generator's own words, generated identifiers, numbers and escaped string literals; it reaches only the library.
 */
export function compile(
  node: TemplateNode | MacroNode,
  source: TemplateSource,
  options: CompileOptions,
): CompiledFunction {
  const unit = new Unit(source, options.registry, options.isAsync, options.native ?? false, options.traced);
  let factory: (...parts: unknown[]) => CompiledFunction;
  try {
    const writer = new StatementWriter(unit);
    const code = node.type === 'template' ? writer.root(node.body) : writer.macro(node);
    factory = new Function(...PARAMETERS, `"use strict";return ${code}`) as typeof factory;
  } catch (error) {
    if (error instanceof DbtError) throw error;
    if (error instanceof RangeError) throw source.error('jinja-syntax', 'the template is nested too deeply', 0, 1);
    throw new InternalError(`the code generated for ${source.file} is not valid`, { cause: error });
  }
  const library: Record<string, unknown> = options.isAsync ? ASYNC_LIBRARY : SYNC_LIBRARY;
  const values = LIBRARY_NAMES.map((name) => library[name]);
  return factory(...values, unit.constants, unit.filters, unit.tests, failAt(source, unit.places));
}
