import type { Diagnostic } from '../diagnostics/errors.js';
import { formatSpan } from '../diagnostics/span.js';
import {
  DEPRECATION_EVENTS,
  type DeprecationName,
  WARNING_EVENTS,
  type WarningName,
} from '../events/entries/warnings.js';
import type { EventBus } from '../events/event-bus.js';

/** A warning of configuration or parsing: a diagnostic with the name by which dbt reports it. */
export interface NamedWarning extends Diagnostic {
  readonly event?: string;
}

/** Reports a warning as dbt's event of that name, with its place and hint. */
export function tellWarning(bus: EventBus, warning: NamedWarning): void {
  const known = (name: string | undefined): name is WarningName | DeprecationName =>
    name !== undefined && (Object.hasOwn(WARNING_EVENTS, name) || Object.hasOwn(DEPRECATION_EVENTS, name));
  bus.warn(known(warning.event) ? warning.event : 'UnnamedWarning', {
    msg: warning.message,
    code: warning.code,
    ...(warning.span ? { place: formatSpan(warning.span) } : {}),
    ...(warning.hint ? { hint: warning.hint } : {}),
  });
}
