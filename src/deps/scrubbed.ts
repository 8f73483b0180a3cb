import { scrubSecrets, secretValues } from '../config/env-var.js';
import { formatSpan } from '../diagnostics/span.js';
import type { DepsContext } from './context.js';
import type { Wanted } from './wanted.js';

/**
 * The address of a package as package-lock.yml gets it: as written, so that `env_var` stays and no secret is there.
 * Warns of a secret that is written out.
 */
export function scrubbedLocation({ spec, span }: Wanted, { env, bus }: Pick<DepsContext, 'env' | 'bus'>): string {
  const written = spec.unrendered[spec.kind];
  const text = typeof written === 'string' && written !== '' ? written : spec.location;
  const scrubbed = scrubSecrets(text, secretValues(env));
  if (scrubbed !== text) {
    bus.warn('DepsScrubbedPackageName', {
      msg: `Detected secret env var in ${scrubbed}. dbt will write a scrubbed representation to the lock file. This will cause issues with subsequent 'dbt deps' using the lock file, requiring 'dbt deps --upgrade'`,
      place: formatSpan(span),
      hint: "Write {{ env_var('DBT_ENV_SECRET_…') }} in packages.yml in place of the secret.",
    });
  }
  return scrubbed;
}
