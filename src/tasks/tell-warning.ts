import type { Flags } from '../contracts/flags.js';
import type { Diagnostic } from '../diagnostics/errors.js';
import { formatSpan } from '../diagnostics/span.js';
import { isWarningName } from '../events/catalogue.js';
import type { EventBus, WarningOptions } from '../events/event-bus.js';

/** A warning of configuration or parsing: a diagnostic with the name by which dbt reports it. */
export interface NamedWarning extends Diagnostic {
  readonly event?: string;
  /** Deprecations of one event that dbt counts one by one: by what. */
  readonly countedAs?: string;
}

/** How the flags say that warnings are to be told. */
export function warningOptions(flags: Flags, more: { readonly [name: string]: unknown }): WarningOptions {
  const { warn_error, warn_error_options, behavior } = flags;
  return {
    warn_error,
    warn_error_options,
    show_all_deprecations: more['show_all_deprecations'] === true,
    event_names: behavior['require_event_names_in_deprecations'] === true,
    all_handled: behavior['require_all_warnings_handled_by_warn_error'] === true,
  };
}

/** Reports a warning as dbt's event of that name, with its place and hint. */
export function tellWarning(bus: EventBus, warning: NamedWarning): void {
  bus.warn(
    isWarningName(warning.event) ? warning.event : 'UnnamedWarning',
    {
      msg: warning.message,
      code: warning.code,
      ...(warning.span ? { place: formatSpan(warning.span) } : {}),
      ...(warning.hint ? { hint: warning.hint } : {}),
    },
    warning.countedAs === undefined ? {} : { counted_as: warning.countedAs },
  );
}
