/**
 * Wraps words at `width` columns as dbt wraps its warnings: paragraphs (blank lines) are wrapped apart and joined by
 * one line break, other line breaks count as spaces, words longer than the line stay whole unless they fill it alone.
 */
export function lineWrap(text: string, width: number): string {
  return text
    .split(/\r?\n\r?\n/)
    .map((paragraph) => wrapParagraph(paragraph, width))
    .join('\n');
}

const ANSI = /\u001b\[[0-9;]*m/g;

/** The number of columns a text takes: colour codes take none. */
export function visibleLength(text: string): number {
  return text.includes('\u001b') ? text.replace(ANSI, '').length : text.length;
}

/** The text without colour codes. */
export function stripColors(text: string): string {
  return text.includes('\u001b') ? text.replace(ANSI, '') : text;
}

function wrapParagraph(paragraph: string, width: number): string {
  const lines: string[] = [];
  let line = '';
  for (const chunk of paragraph.replace(/[\t\n\v\f\r]/g, ' ').split(/( +)/)) {
    if (chunk === '') continue;
    if (visibleLength(line) + visibleLength(chunk) <= width) {
      if (!(chunk.startsWith(' ') && line === '' && lines.length > 0)) line += chunk;
      continue;
    }
    if (line.trimEnd() !== '') lines.push(line.trimEnd());
    let rest = chunk.startsWith(' ') ? '' : chunk;
    while (visibleLength(rest) > width) {
      lines.push(rest.slice(0, width));
      rest = rest.slice(width);
    }
    line = rest;
  }
  if (line.trimEnd() !== '') lines.push(line.trimEnd());
  return lines.join('\n');
}
