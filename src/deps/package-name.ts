import { join, relative, sep } from 'node:path';
import { PROJECT_FILE, readProjectFile } from '../config/project-file.js';
import { isFile } from '../config/read-file.js';
import { dictGet, pyStr } from '../jinja/values.js';
import type { DepsContext, PackageMetadata } from './context.js';
import { packageError, shownUrl, type Wanted, wantedOf } from './wanted.js';

/** A name that can be a directory's. Throws `packages-invalid`. */
export function checkName(name: unknown, wanted: Wanted, context: DepsContext): string {
  if (typeof name === 'string' && name !== '' && !/[/\\\0]|^\.\.?$/.test(name)) return name;
  const shown = relative(context.root, context.work.installPath).split(sep).join('/');
  const message =
    typeof name === 'string' && name !== ''
      ? `Invalid package name '${name}': resolves outside of the packages-install-path ('${shown}')`
      : `Package ${shownUrl(wanted.spec.location)} must have a name in its ${PROJECT_FILE}`;
  throw packageError('packages-invalid', message, wanted, 'Give it a name of letters and underscores.');
}

/** What a project in a directory says of itself. `missing` is the hint where there is none. Throws `project-missing`. */
export function projectMetadata(
  directory: string,
  by: string,
  wanted: Wanted,
  context: DepsContext,
  missing: string,
): PackageMetadata {
  if (!isFile(join(directory, PROJECT_FILE))) {
    const message = `No ${PROJECT_FILE} found at expected path ${pyStr(join(directory, PROJECT_FILE))}`;
    throw packageError('project-missing', message, wanted, missing);
  }
  const name = checkName(dictGet(readProjectFile(directory, context.root).raw, 'name'), wanted, context);
  return { name, packages: wantedOf(context.read(directory), by, directory, wanted) };
}
