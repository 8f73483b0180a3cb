import { DbtError } from '../diagnostics/errors.js';
import { EVENTS, type EventData, type EventName } from './catalogue.js';
import { DEPRECATION_EVENTS } from './entries/deprecations.js';
import type { EventEntry } from './entry.js';
import type { Emitted, RunEvent, Sink } from './event.js';
import { DEFAULT_WIDTH } from './fancy-line.js';
import type { EventLevel, Paint } from './level.js';
import { PLAIN } from './paint.js';
import { UNHANDLED, type WarnErrorOptions, warningFate } from './warn-error.js';

export interface EventBusOptions {
  readonly invocationId: string;
  /** Columns of result lines (`--printer-width`). */
  readonly width?: number;
  /** Columns that a table may take: those of the terminal. */
  readonly columns?: number;
  readonly scrub?: (text: string) => string;
  readonly now?: () => number;
}

export interface EmitOptions {
  readonly level?: EventLevel;
  readonly thread?: string;
  /** What tells apart deprecations of one event that are shown and counted one by one, e.g. a variable's name. */
  readonly counted_as?: string;
  /** The next event says it better to a person: plain lines on the console leave this one out. */
  readonly superseded?: true;
}

/** How warnings are told, once the flags are known. */
export interface WarningOptions extends WarnErrorOptions {
  /** `--show-all-deprecations`. */
  readonly show_all_deprecations: boolean;
  /** dbt's flag `require_event_names_in_deprecations`. */
  readonly event_names: boolean;
  /** dbt's flag `require_all_warnings_handled_by_warn_error`. */
  readonly all_handled: boolean;
}

/** Columns of a table in a file or a pipe, which has no width of its own. */
const WITHOUT_TERMINAL = 120;

const DEFAULTS: WarningOptions = {
  warn_error: false,
  warn_error_options: { error: [], warn: [], silence: [] },
  show_all_deprecations: false,
  event_names: false,
  all_handled: false,
};

/**
 * Where everything that happens in an invocation is told. State: the sinks, the deprecations seen so far, the
 * warnings that are to be errors (known once the flags are resolved).
 */
export class EventBus {
  readonly invocationId: string;
  readonly scrub: (text: string) => string;
  private readonly sinks: Sink[] = [];
  private readonly deprecations = new Map<string, { readonly name: EventName; occurrences: number }>();
  private readonly width: number;
  private readonly columns: number;
  private readonly now: () => number;
  private warnings = DEFAULTS;

  constructor(options: EventBusOptions) {
    this.invocationId = options.invocationId;
    this.width = options.width ?? DEFAULT_WIDTH;
    this.columns = options.columns ?? Math.max(this.width, WITHOUT_TERMINAL);
    this.scrub = options.scrub ?? ((text) => text);
    this.now = options.now ?? (() => performance.timeOrigin + performance.now());
  }

  addSink(sink: Sink): void {
    this.sinks.push(sink);
  }

  configure(warnings: WarningOptions): void {
    this.warnings = warnings;
  }

  /** Tells an event to all sinks. */
  emit<N extends EventName>(name: N, data: EventData[N], options: EmitOptions = {}): void {
    const definition = EVENTS[name] as EventEntry<EventData[N]>;
    const level = options.level ?? definition.level;
    if (level === 'warn' && this.silences(name)) return;
    const time = this.now();
    const { event_names: names } = this.warnings;
    const render = (paint: Paint): string =>
      this.scrub(definition.format(data, paint, this.width, names, this.columns));
    let msg: string | undefined;
    const info = {
      category: '' as const,
      code: definition.code,
      extra: {},
      invocation_id: this.invocationId,
      level,
      get msg(): string {
        msg ??= render(PLAIN);
        return msg;
      },
      name,
      pid: process.pid,
      thread: options.thread ?? 'MainThread',
      ts: isoMicroseconds(time),
    };
    const event = { data, info } as unknown as RunEvent;
    const emitted: Emitted = { event, time, render, ...(options.superseded ? { superseded: true } : {}) };
    for (const sink of this.sinks) sink.write(emitted);
  }

  /**
   * Tells a warning that `--warn-error-options` may silence or turn into an error: then a `DbtError` of code
   * `warning-as-error` is thrown. Of a deprecation the first is shown, the others are counted.
   */
  warn<N extends EventName>(name: N, data: EventData[N], options: EmitOptions = {}): void {
    const isDeprecation = Object.hasOwn(DEPRECATION_EVENTS, name);
    const identity = `${name} ${options.counted_as ?? ''}`;
    const seen = this.deprecations.get(identity);
    if (!isDeprecation || !seen || this.warnings.show_all_deprecations) this.tellOrThrow(name, data, options);
    if (!isDeprecation) return;
    if (seen) seen.occurrences += 1;
    else this.deprecations.set(identity, { name, occurrences: 1 });
  }

  private tellOrThrow<N extends EventName>(name: N, data: EventData[N], options: EmitOptions): void {
    const handled = this.warnings.all_handled || !UNHANDLED.has(name);
    const fate = handled ? warningFate(name, this.warnings) : 'warn';
    if (fate === 'silence') return;
    if (fate === 'error') {
      const definition = EVENTS[name] as EventEntry<EventData[N]>;
      const text = definition.format(data, PLAIN, this.width, this.warnings.event_names, this.columns);
      throw new DbtError('warning-as-error', text.replace(/^\[WARNING\]: /, ''), {
        hint: `'${name}' is an error because of --warn-error or --warn-error-options.`,
      });
    }
    this.emit(name, data, { level: 'warn', ...options });
  }

  /** Whether what is told without `warn` is silenced: with `require_all_warnings_handled_by_warn_error` alone. */
  private silences(name: EventName): boolean {
    return this.warnings.all_handled && UNHANDLED.has(name) && warningFate(name, this.warnings) === 'silence';
  }

  /** Whether a warning of this name is to be an error. */
  promotes(name: EventName): boolean {
    return warningFate(name, this.warnings) === 'error';
  }

  /**
   * Tells how often each deprecation occurred, if any did; once, at the end. Throws like `warn` when the summary itself
   * is to be an error.
   */
  summarizeDeprecations(): void {
    if (this.deprecations.size === 0) return;
    const summaries = [...this.deprecations.values()].map(({ name, occurrences }) => ({
      event_name: name,
      event_code: EVENTS[name].code,
      occurrences,
    }));
    this.deprecations.clear();
    this.warn('DeprecationsSummary', { summaries, show_all_hint: !this.warnings.show_all_deprecations });
  }

  close(): void {
    for (const sink of this.sinks.splice(0)) sink.close();
  }
}

/** Milliseconds since the epoch, with a fraction, as `2026-01-31T09:12:17.048035Z`. */
export function isoMicroseconds(time: number): string {
  const whole = Math.floor(time);
  const micros = Math.floor((time - whole) * 1000);
  return `${new Date(whole).toISOString().slice(0, -1)}${String(micros).padStart(3, '0')}Z`;
}
