import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What is generated, installed, or input of a test. */
const NOT_OURS = new Set([
  '.git',
  'node_modules',
  'dist',
  'target',
  'logs',
  'lake',
  'dbt_packages',
  'cases',
  'builtin',
]);

function pagesBelow(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return NOT_OURS.has(entry.name) ? [] : pagesBelow(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

const pages = pagesBelow('');

describe('links between pages lead somewhere', () => {
  it.each(pages)('%s', (page) => {
    const text = readFileSync(join(root, page), 'utf8').replaceAll(/```[\s\S]*?```|`[^`\n]*`/g, '');
    const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
    const missing = targets.filter((target) => {
      const [path = '', anchor] = target.split('#');
      if (/^[a-z]+:/.test(target)) return false;
      const file = path === '' ? join(root, page) : resolve(root, dirname(page), path);
      if (!existsSync(file)) return true;
      return anchor !== undefined && file.endsWith('.md') && !anchors(readFileSync(file, 'utf8')).includes(anchor);
    });
    expect(missing).toEqual([]);
  });

  it('and each is shown as the file it leads to, when it is shown as a file', () => {
    const wrong = pages.flatMap((page) =>
      [...readFileSync(join(root, page), 'utf8').matchAll(/\[([\w./-]+\.md)\]\(([^)#\s]+\.md)\)/g)]
        .filter(
          ([, shown = '', target = '']) =>
            !resolve('/', target).endsWith(resolve('/', shown.replace(/^(\.\.?\/)+/, ''))),
        )
        .map(([link]) => `${page}: ${link}`),
    );
    expect(wrong).toEqual([]);
  });
});

/** The headings of a page, as GitHub makes anchors of them. */
function anchors(text: string): readonly string[] {
  return [...text.matchAll(/^#+ +(.+?)\s*$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
