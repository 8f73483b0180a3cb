import type { DiagnosticCode } from '../diagnostics/codes.js';
import type { Diagnostic } from '../diagnostics/errors.js';
import type { DuplicateKey } from './yaml.js';

/** A warning about configuration, with the name of the event by which dbt reports it. */
export interface ConfigWarning extends Diagnostic {
  readonly severity: 'warning';
  readonly event: string;
  /** What tells apart deprecations of one event that dbt counts one by one. */
  readonly countedAs?: string;
}

/** Takes the warnings that reading configuration gives. */
export type Warn = (warning: ConfigWarning) => void;

/** Makes a warning. */
export function configWarning(
  event: string,
  code: DiagnosticCode,
  message: string,
  details: Omit<ConfigWarning, 'event' | 'code' | 'severity' | 'message'> = {},
): ConfigWarning {
  return { event, code, severity: 'warning', message, ...details };
}

/** dbt's warnings about keys that a mapping has twice. */
export function warnDuplicates(
  document: { readonly file: string; readonly text: string; readonly duplicates: readonly DuplicateKey[] },
  warn: Warn,
): void {
  for (const { key, span } of document.duplicates) {
    const message = `Duplicate key '${key}' at line ${span.line}, column ${span.column} in file \`${document.file}\``;
    warn(
      configWarning('DuplicateYAMLKeysDeprecation', 'yaml-duplicate-key', message, {
        span,
        sourceText: document.text,
        hint: 'The last value holds; remove the others.',
      }),
    );
  }
}
