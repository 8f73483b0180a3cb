const PREFIX = 'DBT_ENV_SECRET';

/** The scrubber of an environment without secrets. */
export const UNSCRUBBED = (text: string): string => text;

/** Replaces the values of `DBT_ENV_SECRET…` variables by `*****`, as dbt does in everything it prints. */
export function secretScrubber(env: { readonly [name: string]: string | undefined }): (text: string) => string {
  const secrets = Object.keys(env)
    .filter((name) => name.startsWith(PREFIX))
    .map((name) => env[name] ?? '')
    .filter((value) => value.trim() !== '')
    // The longest first: one secret may contain another.
    .sort((a, b) => b.length - a.length);
  if (secrets.length === 0) return UNSCRUBBED;
  // In JSON a secret is escaped: both forms are looked for.
  const needles = new Set(secrets.flatMap((s) => [s, JSON.stringify(s).slice(1, -1)]));
  return (text) => {
    let out = text;
    for (const needle of needles) if (out.includes(needle)) out = out.replaceAll(needle, '*****');
    return out;
  };
}
