import type { RuntimeConfig } from '../contracts/runtime-config.js';
import { type HostObject, JINJA, pyRepr } from '../jinja/values.js';
import type { ReadObserver } from './reads.js';

const WITH_EMPTY = new Set<string>(['build', 'run', 'compile', 'snapshot']);

/** Jinja's `flags`: dbt's names in capitals. Unknown ones are undefined. */
export class FlagsView implements HostObject {
  readonly [JINJA.type] = 'argparse.Namespace';
  readonly #flags: ReadonlyMap<string, unknown>;

  readonly #reads: ReadObserver | undefined;

  constructor(config: RuntimeConfig, reads?: ReadObserver) {
    const { flags } = config;
    this.#reads = reads;
    this.#flags = new Map<string, unknown>([
      ['USE_EXPERIMENTAL_PARSER', false],
      ['STATIC_PARSER', true],
      ['WARN_ERROR', flags.warn_error || null],
      ['WARN_ERROR_OPTIONS', { ...flags.warn_error_options }],
      ['WRITE_JSON', flags.write_json],
      ['PARTIAL_PARSE', flags.partial_parse],
      ['USE_COLORS', flags.use_colors ?? true],
      ['PROFILES_DIR', config.profiles_dir],
      ['DEBUG', flags.debug],
      ['LOG_FORMAT', flags.log_format],
      ['VERSION_CHECK', flags.version_check],
      ['FAIL_FAST', flags.fail_fast],
      ['SEND_ANONYMOUS_USAGE_STATS', false],
      ['PRINTER_WIDTH', flags.printer_width],
      ['INDIRECT_SELECTION', flags.indirect_selection],
      ['LOG_CACHE_EVENTS', false],
      ['QUIET', flags.quiet],
      ['NO_PRINT', null],
      ['CACHE_SELECTED_ONLY', flags.cache_selected_only],
      ['INTROSPECT', flags.introspect],
      ['TARGET_PATH', flags.target_path],
      ['LOG_PATH', flags.log_path],
      ['INVOCATION_COMMAND', flags.invocation_command],
      ['EMPTY', WITH_EMPTY.has(flags.which) ? flags.empty : null],
      ['FULL_REFRESH', flags.full_refresh ?? false],
      ['STORE_FAILURES', flags.store_failures ?? false],
      ['WHICH', flags.which],
    ]);
  }

  [JINJA.attr](name: string): unknown {
    this.#reads?.read('flag', '', name);
    return this.#flags.get(name);
  }

  [JINJA.str](): string {
    for (const name of this.#flags.keys()) this.#reads?.read('flag', '', name);
    return `Namespace(${[...this.#flags].map(([name, value]) => `${name}=${pyRepr(value)}`).join(', ')})`;
  }
}
