import { didYouMean } from '../../diagnostics/did-you-mean.js';
import { DbtError } from '../../diagnostics/errors.js';
import { type HostObject, JINJA } from '../../jinja/values.js';

/** Behaviour flags of the adapters and their defaults; a project sets them under `flags:`. */
const FLAGS: { readonly [name: string]: boolean } = {
  require_batched_execution_for_custom_microbatch_strategy: false,
  enable_truthy_nulls_equals_macro: false,
};

/** Jinja's `adapter.behavior`: one flag an attribute, true or false, with `no_warn` for asking without a warning. */
export class Behavior implements HostObject {
  readonly [JINJA.type] = 'Behavior';
  readonly #overrides: { readonly [name: string]: unknown };

  constructor(overrides: { readonly [name: string]: unknown }) {
    this.#overrides = overrides;
  }

  /** Whether a flag is set. */
  isSet(name: string): boolean {
    const own = Object.hasOwn(this.#overrides, name) ? this.#overrides[name] : undefined;
    return typeof own === 'boolean' ? own : (FLAGS[name] ?? false);
  }

  [JINJA.attr](name: string): unknown {
    if (Object.hasOwn(FLAGS, name)) return new FlagView(name, this.isSet(name));
    throw new DbtError('compilation', `The flag ${name} has not been registered.`, {
      hint: didYouMean(name, Object.keys(FLAGS)) ?? `The adapter's flags are ${Object.keys(FLAGS).join(', ')}.`,
    });
  }
}

class FlagView implements HostObject {
  readonly [JINJA.type] = 'BehaviorFlagRendered';
  readonly #name: string;
  readonly #value: boolean;

  constructor(name: string, value: boolean) {
    this.#name = name;
    this.#value = value;
  }

  [JINJA.attr](name: string): unknown {
    if (name === 'no_warn' || name === 'setting') return this.#value;
    return name === 'name' ? this.#name : undefined;
  }

  [JINJA.truthy](): boolean {
    return this.#value;
  }

  [JINJA.str](): string {
    return this.#value ? 'True' : 'False';
  }

  [JINJA.eq](other: unknown): boolean {
    return other === this.#value;
  }
}
