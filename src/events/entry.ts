import type { EventLevel, Paint } from './level.js';

/** One kind of event: dbt's code and level, and how its text reads. */
export interface EventEntry<D> {
  readonly code: string;
  readonly level: EventLevel;
  /** Printed bare, without a time, and even when `--quiet`. */
  readonly print?: true;
  /** Not for the log file: `clean` may just have removed it. */
  readonly consoleOnly?: true;
  /**
   * `width`: `--printer-width`; `names`: dbt's flag `require_event_names_in_deprecations`; `columns`: of the terminal.
   */
  format(data: D, paint: Paint, width: number, names: boolean, columns: number): string;
}

/** Declares an entry with the type of its data. */
export function entry<D>(
  code: string,
  level: EventLevel,
  format: EventEntry<D>['format'],
  options: Pick<EventEntry<D>, 'print' | 'consoleOnly'> = {},
): EventEntry<D> {
  return { code, level, format, ...options };
}
