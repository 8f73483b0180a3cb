const TEXT = String.raw`(?:'[^'\\]*'|"[^"\\]*")`;
const STATIC = new RegExp(
  [
    String.raw`^ref\(\s*${TEXT}(?:\s*,\s*${TEXT})?(?:\s*,\s*v(?:ersion)?\s*=\s*(?:${TEXT}|\d+))?\s*,?\s*\)$`,
    String.raw`^source\(\s*${TEXT}\s*,\s*${TEXT}\s*,?\s*\)$`,
    String.raw`^config\((?:\s*(?:(?!(?:pre|post)_hook\b)\w+\s*=|${TEXT}|True\b|False\b|[[\]{},:]))+\s*\)$`,
    String.raw`^(?:${TEXT}|\d+)$`,
  ].join('|'),
);

/**
 * Whether dbt's static parser reads a model's text: nothing but `ref`, `source` and `config` of constants, no statement
 * and no control of whitespace. Such a model has each of its sources once; what is rendered has one for each call.
 */
export function isStaticModel(text: string): boolean {
  const code = text.replace(/\{#[\s\S]*?#\}/g, '');
  if (code.includes('{%') || code.includes('{{-')) return false;
  for (const [, expression = ''] of code.matchAll(/\{\{([\s\S]*?)\}\}/g)) {
    if (!STATIC.test(expression.trim())) return false;
  }
  return true;
}
