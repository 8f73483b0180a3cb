/** Where the site's template has its data; `<` cannot occur in either, so nothing else in the page looks like them. */
export const DATA_MARK = '@@tsdbt-data@@';
export const TITLE_MARK = '@@tsdbt-title@@';

/**
 * JSON that can stand in a `<script>` element whatever texts it holds: no `<` (so no `</script>` and no `<!--`), no
 * line separators of JavaScript, no unpaired surrogates (JSON.stringify escapes those).
 */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('<', '\\u003c')
    .replaceAll('>', '\\u003e')
    .replaceAll('&', '\\u0026')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
}

/** Text as the content of an HTML element. */
export function htmlText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Puts title and data into the template. The marks are replaced once each; data is never looked through for marks. */
export function fillTemplate(template: string, title: string, data: unknown): string {
  const [beforeData, afterData, ...more] = template.split(DATA_MARK);
  if (beforeData === undefined || afterData === undefined || more.length > 0) {
    throw new Error('the template of the docs site needs exactly one mark for its data');
  }
  return beforeData.split(TITLE_MARK).join(htmlText(title)) + scriptJson(data) + afterData;
}
