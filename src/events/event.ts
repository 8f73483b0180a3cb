import type { EventData, EventName } from './catalogue.js';
import type { EventLevel, Paint } from './level.js';

/** What dbt's logs say about every event, whatever its kind. */
export interface EventInfo {
  readonly category: '';
  /** dbt's code, e.g. `Q012`; tsdbt's own events have codes with `T`. */
  readonly code: string;
  readonly extra: { readonly [key: string]: string };
  readonly invocation_id: string;
  readonly level: EventLevel;
  /** The text as it is printed, without colours. */
  readonly msg: string;
  readonly name: EventName;
  readonly pid: number;
  readonly thread: string;
  /** ISO 8601, UTC, microseconds. */
  readonly ts: string;
}

/** A structured event: dbt's `{data, info}`, typed by its name. */
export type RunEvent = {
  readonly [N in EventName]: { readonly info: EventInfo & { readonly name: N }; readonly data: EventData[N] };
}[EventName];

/** An event on its way to the sinks: its text can be had with colours too. */
export interface Emitted {
  readonly event: RunEvent;
  /** Milliseconds since the epoch, with a fraction. */
  readonly time: number;
  /** The next event says it better to a person. */
  readonly superseded?: true;
  render(paint: Paint): string;
}

/** Somewhere events are written to. */
export interface Sink {
  write(emitted: Emitted): void;
  /** Writes what is buffered and gives everything back (timers, cursor, files). */
  close(): void;
}
