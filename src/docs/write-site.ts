import { existsSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { isAbsolute, join, relative } from 'node:path';
import { writeFileAtomic } from '../artifacts/write-file.js';
import { DbtError } from '../diagnostics/errors.js';
import { collectSiteData, type SiteInput } from './collect-site-data.js';
import { fillTemplate } from './embed.js';
import { loadTemplate } from './template.js';

export interface WriteSiteOptions extends SiteInput {
  /** Where the site goes: the project's target path. Made if it is not there. */
  readonly outDir: string;
  /**
   * Directories to copy beside the site: absolute path of each and its name in the project's `asset-paths`. One that
   * is not there, would come to lie outside of `outDir` or holds `outDir` itself is left out.
   */
  readonly assets?: readonly { readonly from: string; readonly name: string }[];
  /** Also writes `static_index.html`. The site is one self-contained file in any case. */
  readonly static?: boolean;
}

/**
 * Writes the documentation: `index.html` with everything in it, to be opened from the disk or served.
 *
 * @returns The absolute or relative path of index.html, under `outDir` as given.
 * @throws DbtError `artifact-unwritable` when the directory cannot be written.
 */
export async function writeSite(options: WriteSiteOptions): Promise<string> {
  const data = collectSiteData(options);
  const html = fillTemplate(await loadTemplate(), `${data.project} · documentation`, data);
  const index = join(options.outDir, 'index.html');
  try {
    await writeFileAtomic(index, html);
    if (options.static) await writeFileAtomic(join(options.outDir, 'static_index.html'), html);
    for (const { from, name } of options.assets ?? []) {
      const to = join(options.outDir, name);
      if (existsSync(from) && isWithin(to, options.outDir) && !isWithin(to, from))
        await cp(from, to, { recursive: true });
    }
  } catch (error) {
    throw new DbtError('artifact-unwritable', `The documentation can't be written: ${(error as Error).message}`, {
      hint: `Check the directory ${options.outDir}.`,
      cause: error,
    });
  }
  return index;
}

/** True when the path lies in the folder, and is not the folder itself. */
function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '' && !isAbsolute(way) && way.split(/[\\/]/, 1)[0] !== '..';
}
