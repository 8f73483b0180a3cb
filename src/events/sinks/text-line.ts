import { EVENTS } from '../catalogue.js';
import type { EventEntry } from '../entry.js';
import type { Emitted } from '../event.js';
import { type EventLevel, LEVEL_ORDER, type Paint } from '../level.js';

/** Whether the event is output of the command itself (`ls`, `print()`): bare, and shown even when quiet. */
export function isPrint(emitted: Emitted): boolean {
  return (EVENTS[emitted.event.info.name] as EventEntry<never>).print === true;
}

/** Whether a sink with this threshold shows the event. */
export function passes(emitted: Emitted, threshold: EventLevel): boolean {
  return isPrint(emitted) || LEVEL_ORDER[emitted.event.info.level] >= LEVEL_ORDER[threshold];
}

/** dbt's console line: `HH:MM:SS  text`, UTC. */
export function infoLine(emitted: Emitted, paint: Paint): string {
  const text = emitted.render(paint);
  if (isPrint(emitted)) return text;
  return `${new Date(emitted.time).toISOString().slice(11, 19)}  ${text}`;
}

/** dbt's debug line: `HH:MM:SS.ffffff [level] [thread    ]: text`, local time. */
export function debugLine(emitted: Emitted, paint: Paint): string {
  const { info } = emitted.event;
  const stamp = debugTime(emitted.time);
  const bar = '='.repeat(30);
  const head = info.name === 'MainReportVersion' ? `\n\n${bar} ${stamp} | ${info.invocation_id} ${bar}\n` : '';
  const thread = info.thread.slice(0, 10).padEnd(10);
  return `${head}${stamp} [${info.level.padEnd(5)}] [${thread}]: ${emitted.render(paint)}`;
}

/** `HH:MM:SS.ffffff`, local time. */
export function debugTime(time: number): string {
  const date = new Date(time);
  const two = (n: number): string => String(n).padStart(2, '0');
  const micros = Math.floor((time % 1000) * 1000);
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${String(micros).padStart(6, '0')}`;
}
