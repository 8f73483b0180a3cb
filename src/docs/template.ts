import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { InternalError } from '../diagnostics/errors.js';

/**
 * The page of the site without its data. The package has it ready beside this module; from the sources, as the tests
 * run, it is bundled first.
 */
export async function loadTemplate(): Promise<string> {
  const ready = new URL('./site/template.html', import.meta.url);
  if (existsSync(ready)) return readFile(ready, 'utf8');
  const bundler = new URL('./site-bundle.mjs', import.meta.url);
  if (!existsSync(bundler)) throw new InternalError('the package lacks the template of the docs site');
  const { bundleSite } = (await import(bundler.href)) as { bundleSite: () => Promise<string> };
  return bundleSite();
}
