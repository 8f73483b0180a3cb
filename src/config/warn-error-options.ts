import type { Flags } from '../contracts/flags.js';
import { didYouMean } from '../diagnostics/did-you-mean.js';
import { DbtError, type DbtErrorOptions } from '../diagnostics/errors.js';
import { dictEntries, dictGet, isDict, pyStr } from '../jinja/values.js';
import { EVENT_NAMES } from './known-names.js';

/**
 * Checks `--warn-error-options`: `error` ('all' or a list), `warn`, `silence`, or their old names `include` and
 * `exclude`. `old` says whether one of those was used. Throws `flag-invalid` and `flags-conflict`.
 */
export function readWarnErrorOptions(
  value: unknown,
  place: DbtErrorOptions,
): { readonly options: Flags['warn_error_options']; readonly old: boolean } {
  const fail = (message: string, hint: string): DbtError =>
    new DbtError('flag-invalid', `warn_error_options: ${message}`, { hint, ...place });
  const example = `e.g. {"error": "all", "warn": ["NoNodesForSelectionCriteria"]}`;
  if (!isDict(value)) throw fail('it must be a YAML dictionary', example);
  for (const [key] of dictEntries(value)) {
    if (!['error', 'warn', 'silence', 'include', 'exclude'].includes(pyStr(key))) {
      throw fail(`unknown key '${pyStr(key)}'`, didYouMean(pyStr(key), ['error', 'warn', 'silence']) ?? example);
    }
  }
  const pick = (name: string, old: string): unknown => {
    const [now, before] = [dictGet(value, name), dictGet(value, old)];
    if (isSet(now) && isSet(before)) {
      throw new DbtError(
        'flags-conflict',
        `Only \`${old}\` or \`${name}\` can be specified in \`warn_error_options\`, not both`,
        {
          hint: `Keep \`${name}\`, the newer name.`,
          ...place,
        },
      );
    }
    return now ?? before ?? [];
  };
  const list = (name: string, items: unknown): readonly string[] => {
    if (!Array.isArray(items) || !items.every((item) => typeof item === 'string')) {
      throw fail(`'${name}' must be a list of names of events`, example);
    }
    const wrong = items.find((item) => !EVENT_NAMES.has(item));
    if (wrong !== undefined) {
      throw fail(
        `${wrong} is not a valid dbt error name.`,
        didYouMean(wrong, EVENT_NAMES) ?? 'Names are those of dbt’s events.',
      );
    }
    return items;
  };

  const errors = pick('error', 'include');
  const all = errors === 'all' || errors === '*';
  if (typeof errors === 'string' && !all) {
    throw fail("error must be one of ('all', '*') or a list of strings", example);
  }
  const options = {
    error: all ? ('all' as const) : list('error', errors),
    warn: list('warn', pick('warn', 'exclude')),
    silence: list('silence', dictGet(value, 'silence') ?? []),
  };
  const grouped = options.error !== 'all' && options.error.includes('Deprecations');
  if (options.warn.length > 0 && !all && !grouped && !options.silence.includes('Deprecations')) {
    const message =
      "`warn` can only be specified if `error` is one of ('all', '*') or Deprecations is in `error` or silence.";
    throw fail(message, example);
  }
  const old = dictGet(value, 'include') !== undefined || dictGet(value, 'exclude') !== undefined;
  return { options, old };
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0) && value !== '';
}
