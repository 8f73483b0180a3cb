import { datetimeModule } from '../jinja/values/datetime.js';
import { reModule } from './modules/re.js';

/** Jinja's `run_started_at`. */
export function startedAt(date: Date): unknown {
  return date.toISOString();
}

/** Jinja's `modules`. */
export function contextModules(): { readonly [name: string]: unknown } {
  return { datetime: datetimeModule(), re: reModule() };
}
