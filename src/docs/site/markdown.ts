import MarkdownIt from 'markdown-it';
import { trusted } from './dom.js';
import { highlighted } from './highlight.js';

// HTML in a description is shown as text; markdown-it refuses `javascript:` and the like in links by itself.
const renderer = new MarkdownIt({
  html: false,
  linkify: true,
  typographer: false,
  highlight: (code) => highlighted(code),
});

renderer.renderer.rules['link_open'] = (tokens, at, options, _environment, self) => {
  const token = tokens[at];
  if (token && /^[a-z]+:/i.test(String(token.attrGet('href') ?? ''))) {
    token.attrSet('rel', 'noopener noreferrer');
    token.attrSet('target', '_blank');
  }
  return self.renderToken(tokens, at, options);
};

/** A description as an element. */
export function markdown(text: string): HTMLElement {
  return trusted('div', 'markdown', renderer.render(text));
}

/** A description in a table: without blocks. */
export function inlineMarkdown(text: string): HTMLElement {
  return text.includes('\n') ? markdown(text) : trusted('span', 'markdown', renderer.renderInline(text));
}

/** A description as plain text, for a line of a list. */
export function firstLine(text: string): string {
  return (
    text
      .replace(/[*_`#>]/g, '')
      .trim()
      .split('\n', 1)[0] ?? ''
  );
}
