import { EVENTS, type EventName } from './catalogue.js';

/** What `--warn-error` and `--warn-error-options` say. */
export interface WarnErrorOptions {
  readonly warn_error: boolean;
  readonly warn_error_options: {
    readonly error: 'all' | readonly string[];
    readonly warn: readonly string[];
    readonly silence: readonly string[];
  };
}

/**
 * Warnings that `--warn-error` leaves alone unless the flag `require_all_warnings_handled_by_warn_error` is set: dbt
 * tells them as any other event.
 */
export const UNHANDLED: ReadonlySet<EventName> = new Set<EventName>([
  'AdapterEventWarning',
  'FreshnessConfigProblem',
  'LogFreshnessResult',
  'LogTestResult',
  'MicrobatchModelNoEventTimeInputs',
  'RunResultWarning',
  'RunResultWarningMessage',
  'SemanticValidationFailure',
  'SpacesInResourceNameDeprecation',
  'WarnStateTargetEqual',
]);

/**
 * What happens with a warning of this name. A name said outright wins over the group `Deprecations`, that over `all`;
 * among equals silence wins over warn, warn over error. The summary of deprecations (D028) is in the group as well.
 */
export function warningFate(name: EventName, options: WarnErrorOptions): 'error' | 'warn' | 'silence' {
  if (options.warn_error) return 'error';
  const { error, warn, silence } = options.warn_error_options;
  const groups = EVENTS[name].code.startsWith('D') ? [name, 'Deprecations'] : [name];
  for (const group of groups) {
    if (silence.includes(group)) return 'silence';
    if (warn.includes(group)) return 'warn';
    if (error !== 'all' && error.includes(group)) return 'error';
  }
  return error === 'all' || error.includes('all') || error.includes('*') ? 'error' : 'warn';
}
