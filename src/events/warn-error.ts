import { DEPRECATION_EVENTS } from './entries/warnings.js';

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
 * What happens with a warning of this name. A name said outright wins over the group `Deprecations`, that over `all`;
 * among equals silence wins over warn, warn over error.
 */
export function warningFate(name: string, options: WarnErrorOptions): 'error' | 'warn' | 'silence' {
  if (options.warn_error) return 'error';
  const { error, warn, silence } = options.warn_error_options;
  const groups = Object.hasOwn(DEPRECATION_EVENTS, name) ? [name, 'Deprecations'] : [name];
  for (const group of groups) {
    if (silence.includes(group)) return 'silence';
    if (warn.includes(group)) return 'warn';
    if (error !== 'all' && error.includes(group)) return 'error';
  }
  return error === 'all' || error.includes('all') || error.includes('*') ? 'error' : 'warn';
}
