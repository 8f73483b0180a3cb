import { DEPRECATION_EVENTS } from './entries/deprecations.js';
import { DEPS_EVENTS } from './entries/deps.js';
import { MAIN_EVENTS } from './entries/main.js';
import { MESSAGE_EVENTS } from './entries/messages.js';
import { RUN_EVENTS } from './entries/run.js';
import { SUMMARY_EVENTS } from './entries/summary.js';
import { WARNING_EVENTS } from './entries/warnings.js';
import type { EventEntry } from './entry.js';

/**
 * Every event: dbt's name, its code, its level, how it reads. `T…` codes are tsdbt's own. A new event is an entry in
 * one of the groups and nothing else.
 */
export const EVENTS = {
  ...DEPS_EVENTS,
  ...MAIN_EVENTS,
  ...MESSAGE_EVENTS,
  ...RUN_EVENTS,
  ...SUMMARY_EVENTS,
  ...WARNING_EVENTS,
  ...DEPRECATION_EVENTS,
} as const;

export type EventName = keyof typeof EVENTS;

/** The data of each event, by name. */
export type EventData = {
  readonly [N in EventName]: (typeof EVENTS)[N] extends EventEntry<infer D> ? D : never;
};

/** The events that `--warn-error-options` can silence or make errors. */
export type WarningEventName = keyof typeof WARNING_EVENTS | keyof typeof DEPRECATION_EVENTS;

/** Whether a name is that of a warning. */
export function isWarningName(name: string | undefined): name is WarningEventName {
  return name !== undefined && (Object.hasOwn(WARNING_EVENTS, name) || Object.hasOwn(DEPRECATION_EVENTS, name));
}

/** Narrows a name given by a macro or a parser to one of the catalogue. */
export function isEventName(name: string): name is EventName {
  return Object.hasOwn(EVENTS, name);
}
