import type { FilterFunction, Registry, TestFunction } from '../runtime/functions.js';
import type { TemplateSource } from '../syntax/source.js';
import { Names } from './frame.js';

/** What generating one function collects: the tables that its code refers to by number. */
export class Unit {
  readonly names = new Names();
  readonly constants: unknown[] = [];
  readonly filters: FilterFunction[] = [];
  readonly tests: TestFunction[] = [];
  /** Pairs of offsets: the start and end of each place that can fail. */
  readonly places: number[] = [];

  constructor(
    readonly source: TemplateSource,
    readonly registry: Registry,
    readonly isAsync: boolean,
    readonly native: boolean,
    /** Whether the root reports where its output comes from. */
    readonly traced = false,
  ) {}

  /** Code for a constant that has no literal. */
  constant(value: unknown): string {
    return `K[${this.constants.push(value) - 1}]`;
  }

  /** Code that notes the place of the operation about to run: the last argument of a call of the runtime. */
  place(start: number, end: number): string {
    return `p=${this.places.push(start, end) / 2 - 1}`;
  }

  filter(fn: FilterFunction): string {
    const known = this.filters.indexOf(fn);
    return `F[${known !== -1 ? known : this.filters.push(fn) - 1}]`;
  }

  test(fn: TestFunction): string {
    const known = this.tests.indexOf(fn);
    return `T[${known !== -1 ? known : this.tests.push(fn) - 1}]`;
  }
}

/** A JavaScript string literal. U+2028 and U+2029 end a line in old parsers, so they are escaped too. */
export function stringLiteral(text: string): string {
  return JSON.stringify(text)
    .replace(/\u2028/g, '\\u2028')
    .replace(/\u2029/g, '\\u2029');
}
