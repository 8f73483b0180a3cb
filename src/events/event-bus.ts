import { DbtError } from '../diagnostics/errors.js';
import { EVENTS, type EventData, type EventName } from './catalogue.js';
import { DEPRECATION_EVENTS } from './entries/warnings.js';
import type { EventEntry } from './entry.js';
import type { Emitted, RunEvent, Sink } from './event.js';
import { DEFAULT_WIDTH } from './fancy-line.js';
import type { EventLevel, Paint } from './level.js';
import { PLAIN } from './paint.js';
import { type WarnErrorOptions, warningFate } from './warn-error.js';

export interface EventBusOptions {
  readonly invocationId: string;
  /** Columns of result lines (`--printer-width`). */
  readonly width?: number;
  readonly scrub?: (text: string) => string;
  readonly now?: () => number;
}

export interface EmitOptions {
  readonly level?: EventLevel;
  readonly thread?: string;
}

const NO_WARN_ERROR: WarnErrorOptions = {
  warn_error: false,
  warn_error_options: { error: [], warn: [], silence: [] },
};

/**
 * Where everything that happens in an invocation is told. State: the sinks, the deprecations seen so far, the
 * warnings that are to be errors (known once the flags are resolved).
 */
export class EventBus {
  readonly invocationId: string;
  readonly scrub: (text: string) => string;
  private readonly sinks: Sink[] = [];
  private readonly deprecations = new Map<string, number>();
  private readonly width: number;
  private readonly now: () => number;
  private warnError = NO_WARN_ERROR;
  private showAllDeprecations = false;

  constructor(options: EventBusOptions) {
    this.invocationId = options.invocationId;
    this.width = options.width ?? DEFAULT_WIDTH;
    this.scrub = options.scrub ?? ((text) => text);
    this.now = options.now ?? (() => performance.timeOrigin + performance.now());
  }

  addSink(sink: Sink): void {
    this.sinks.push(sink);
  }

  configure(warnError: WarnErrorOptions, showAllDeprecations: boolean): void {
    this.warnError = warnError;
    this.showAllDeprecations = showAllDeprecations;
  }

  /** Tells an event to all sinks. */
  emit<N extends EventName>(name: N, data: EventData[N], options: EmitOptions = {}): void {
    const definition = EVENTS[name] as EventEntry<EventData[N]>;
    const time = this.now();
    const render = (paint: Paint): string => this.scrub(definition.format(data, paint, this.width));
    let msg: string | undefined;
    const info = {
      category: '' as const,
      code: definition.code,
      extra: {},
      invocation_id: this.invocationId,
      level: options.level ?? definition.level,
      get msg(): string {
        msg ??= render(PLAIN);
        return msg;
      },
      name,
      pid: process.pid,
      thread: options.thread ?? 'MainThread',
      ts: isoMicroseconds(time),
    };
    const emitted: Emitted = { event: { data, info } as unknown as RunEvent, time, render };
    for (const sink of this.sinks) sink.write(emitted);
  }

  /**
   * Tells a warning that `--warn-error-options` may silence or turn into an error: then a `DbtError` of code
   * `warning-as-error` is thrown. Of a deprecation the first is shown, the others are counted.
   */
  warn<N extends EventName>(name: N, data: EventData[N], options: EmitOptions = {}): void {
    const isDeprecation = Object.hasOwn(DEPRECATION_EVENTS, name);
    if (isDeprecation) {
      const seen = (this.deprecations.get(name) ?? 0) + 1;
      this.deprecations.set(name, seen);
    }
    const fate = warningFate(name, this.warnError);
    if (fate === 'silence') {
      this.deprecations.delete(name);
      return;
    }
    if (fate === 'error') {
      const definition = EVENTS[name] as EventEntry<EventData[N]>;
      throw new DbtError('warning-as-error', definition.format(data, PLAIN, this.width).replace(/^\[WARNING\]: /, ''), {
        hint: `'${name}' is an error because of --warn-error or --warn-error-options.`,
      });
    }
    if (isDeprecation && (this.deprecations.get(name) ?? 0) > 1 && !this.showAllDeprecations) return;
    this.emit(name, data, { level: 'warn', ...options });
  }

  /** Whether a warning of this name is to be an error. */
  promotes(name: string): boolean {
    return warningFate(name, this.warnError) === 'error';
  }

  /** Tells how often each deprecation occurred, if any did; once, at the end. */
  summarizeDeprecations(): void {
    if (this.deprecations.size === 0) return;
    const summaries = [...this.deprecations].map(([event_name, occurrences]) => ({ event_name, occurrences }));
    this.deprecations.clear();
    this.emit('DeprecationsSummary', { summaries, show_all_hint: !this.showAllDeprecations });
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
