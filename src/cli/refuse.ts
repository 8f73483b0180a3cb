import { InternalError, isDbtError } from '../diagnostics/errors.js';
import { diagnosticsOf, formatReport, reportDiagnostic } from '../events/diagnostic-report.js';
import { COLORED, PLAIN, wantsColors } from '../events/paint.js';
import { secretScrubber } from '../events/secrets.js';
import { type InvokeOptions, type InvokeResult, outputOf } from './invoke-types.js';

/** An error before there is an event bus: it goes to stderr, as usage errors do. */
export function refuse(
  thrown: unknown,
  options: InvokeOptions,
  env: { readonly [name: string]: string | undefined },
): InvokeResult {
  const error = thrown instanceof Error ? thrown : new InternalError(String(thrown));
  const stderr = options.stderr ?? outputOf(options.stdout);
  const paint = wantsColors(null, env, stderr?.isTTY === true) ? COLORED : PLAIN;
  const text = isDbtError(error)
    ? diagnosticsOf(error)
        .map((diagnostic) => formatReport(reportDiagnostic(diagnostic), paint))
        .join('\n\n')
    : `This is a bug of tsdbt. Please report it with the text below.\n${error.stack ?? error.message}`;
  stderr?.write(`${secretScrubber(env)(text)}\n`);
  return { success: false, exitCode: 2, results: [], error };
}
