import { readFileSync } from 'node:fs';

/** The code blocks of a page of docs/ that name a file in their first line, by that file: `// models/x.ts`. */
export function docExamples(page: string): { readonly [path: string]: string } {
  const text = readFileSync(new URL(`../../docs/${page}`, import.meta.url), 'utf8');
  const found: { [path: string]: string } = {};
  for (const [, block = ''] of text.matchAll(/^```\w+\n([\s\S]*?)^```$/gm)) {
    const path = /^(?:\/\/|--|#) (\S+\.\w+)\n/.exec(block)?.[1];
    if (path) found[path] = block.slice(block.indexOf('\n') + 1);
  }
  return found;
}
