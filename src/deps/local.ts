import { cp, symlink } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Pin } from './context.js';
import { projectMetadata } from './package-name.js';

/** A package in a directory, given relative to the root project as in dbt. It is linked, or copied where links can't be made. */
export const pinLocal: Pin = async (request, context) => {
  const [wanted] = request.wanted;
  const { location } = wanted.spec;
  const directory = resolve(context.root, location);
  return {
    wanted,
    label: location,
    versionName: `<local @ ${location}>`,
    lock: () => ({ local: location }),
    metadata: async () => {
      const hint = 'The path of a local package is relative to the root project.';
      return projectMetadata(directory, location, wanted, context, hint);
    },
    install: (target) => linkOrCopy(directory, target),
  };
};

/** Makes a link to a directory, or a copy without its `node_modules`. */
export async function linkOrCopy(source: string, target: string): Promise<void> {
  try {
    await symlink(source, target, process.platform === 'win32' ? 'junction' : 'dir');
  } catch {
    // No right to make links, or a file system without them.
    await cp(source, target, { recursive: true, filter: (path) => !/[\\/]node_modules$/.test(path) });
  }
}
