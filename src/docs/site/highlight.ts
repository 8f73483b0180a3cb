import highlighter from 'highlight.js/lib/core';
import python from 'highlight.js/lib/languages/python';
import sql from 'highlight.js/lib/languages/sql';

highlighter.registerLanguage('sql', sql);
highlighter.registerLanguage('python', python);

/** Above this many characters code is shown plain: colouring it would hold up the page. */
const MOST = 200_000;

/** Escaped HTML with the parts of the code in spans. */
export function highlighted(code: string, language = 'sql'): string {
  if (code.length > MOST) return code.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return highlighter.highlight(code, { language: language === 'python' ? 'python' : 'sql', ignoreIllegals: true })
    .value;
}
