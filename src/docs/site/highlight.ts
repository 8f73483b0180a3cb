import highlighter from 'highlight.js/lib/core';
import python from 'highlight.js/lib/languages/python';
import sql from 'highlight.js/lib/languages/sql';
import typescript from 'highlight.js/lib/languages/typescript';

highlighter.registerLanguage('sql', sql);
highlighter.registerLanguage('python', python);
highlighter.registerLanguage('typescript', typescript);

/** Above this many characters code is shown plain: colouring it would hold up the page. */
const MOST = 200_000;

/** Escaped HTML with the parts of the code in spans. */
export function highlighted(code: string, language = 'sql'): string {
  if (code.length > MOST) return code.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const known = highlighter.getLanguage(language) ? language : 'sql';
  return highlighter.highlight(code, { language: known, ignoreIllegals: true }).value;
}
