import { mkdir, readdir, rename } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { PROJECT_FILE } from '../config/project-file.js';
import { isFile } from '../config/read-file.js';
import { pyStr } from '../jinja/values.js';
import { type DepsContext, once, type PackageMetadata, type Pin } from './context.js';
import { checkName } from './package-name.js';
import { scrubbedLocation } from './scrubbed.js';
import { packageError, shownUrl, type Wanted, wantedOf } from './wanted.js';
import { removeTree } from './work-directory.js';

/** An archive that unpacks to more is not one of a dbt package. */
const MAX_BYTES = 2 ** 31;
const MAX_ENTRIES = 200_000;

const FILES: ReadonlySet<string> = new Set(['File', 'OldFile', 'ContiguousFile']);

/** What is checked of an entry. */
interface Entry {
  readonly path: string;
  readonly type: string;
  readonly size: number;
  readonly linkpath?: string | undefined;
}

/**
 * Unpacks a .tar.gz: the one directory in it becomes `target`. Nothing is unpacked of an archive that has a path or
 * link out of it, a device, or more than one directory. Throws `package-archive`.
 */
export async function unpack(file: string, target: string, wanted: Wanted): Promise<void> {
  const fail = (message: string, cause?: unknown): Error =>
    packageError(
      'package-archive',
      `${shownUrl(wanted.spec.location)}: ${message}`,
      wanted,
      'An archive of a package is a .tar.gz with one directory, and in it dbt_project.yml.',
      { cause },
    );
  // Loaded here: only `deps` pays for it.
  const { list, extract } = await import('tar');
  const entries: Entry[] = [];
  try {
    await list({
      file,
      strict: true,
      onReadEntry: ({ path, type, size, linkpath }) => void entries.push({ path, type, size, linkpath }),
    });
  } catch (error) {
    throw fail(`The archive can't be read: ${(error as Error).message}`, error);
  }
  const problem = findProblem(entries);
  if (problem !== undefined) throw fail(problem);
  const aside = `${target}.unpacked`;
  await mkdir(aside, { recursive: true });
  try {
    await extract({ file, cwd: aside, strict: true, preserveOwner: false });
  } catch (error) {
    throw fail(`The archive can't be unpacked: ${(error as Error).message}`, error);
  }
  const [top = ''] = await readdir(aside);
  await rename(join(aside, top), target);
  removeTree(aside);
}

/** What is wrong with the entries of an archive, or nothing. */
export function findProblem(entries: readonly Entry[]): string | undefined {
  const links = new Set<string>();
  const tops = new Set<string>();
  let bytes = 0;
  for (const { path, type, size, linkpath } of entries) {
    const segments = path.split('/').filter((part) => part !== '' && part !== '.');
    if (path.startsWith('/') || /^[a-z]:|[\\\0]/i.test(path)) return `'${path}' is no path inside the archive`;
    if (segments.includes('..')) return `'${path}' leads out of the archive`;
    if (segments.length === 0) continue;
    const [top = ''] = segments;
    tops.add(top);
    if (segments.length === 1 && type !== 'Directory') return `'${path}' does not lie in a directory`;
    if (segments.some((_, i) => i > 0 && links.has(segments.slice(0, i).join('/')))) {
      return `'${path}' lies behind a link`;
    }
    if (type === 'SymbolicLink' || type === 'Link') {
      const from = type === 'Link' ? '' : segments.slice(0, -1).join('/');
      const to = posix.normalize(posix.join(from, linkpath ?? ''));
      const isInside = !/^\/|^[a-z]:|[\\\0]/i.test(linkpath ?? '/') && (to === top || to.startsWith(`${top}/`));
      if (!isInside) return `'${path}' is a link out of the archive, to '${linkpath ?? ''}'`;
      links.add(segments.join('/'));
    } else if (type !== 'Directory' && !FILES.has(type)) return `'${path}' is a special file (${type})`;
    bytes += size;
    if (bytes > MAX_BYTES) return `It has more than ${MAX_BYTES} bytes`;
  }
  if (entries.length > MAX_ENTRIES) return `It has more than ${MAX_ENTRIES} entries`;
  if (tops.size !== 1) return tops.size === 0 ? 'It is empty' : 'It has more than one directory';
  return undefined;
}

/** Fetches a tarball once, for what it asks for and for its installation. */
export const pinTarball: Pin = async (request, context) => {
  const [wanted] = request.wanted;
  const { location, fields } = wanted.spec;
  const name = checkName(fields['name'], wanted, context);
  const fetched = (): Promise<string> =>
    once(context, `tarball ${location}`, () => fetchTarball(location, wanted, context));
  return {
    wanted,
    label: name,
    versionName: `tarball (url: ${shownUrl(location)})`,
    lock: () => ({ tarball: scrubbedLocation(wanted, context) }),
    metadata: async (): Promise<PackageMetadata> => {
      const directory = await fetched();
      return { name, packages: wantedOf(context.read(directory), name, directory, wanted) };
    },
    install: async (target) => {
      await rename(await fetched(), target);
      context.fetched.delete(`tarball ${location}`);
    },
  };
};

async function fetchTarball(url: string, wanted: Wanted, context: DepsContext): Promise<string> {
  const file = context.work.next('tarball');
  await context.http.download(url, file, wanted);
  const directory = `${file}.d`;
  await unpack(file, directory, wanted);
  if (isFile(join(directory, PROJECT_FILE))) return directory;
  const message = `No ${PROJECT_FILE} found in ${shownUrl(url)}`;
  const hint = `The directory in the archive of ${pyStr(wanted.spec.fields['name'])} is to be a dbt project.`;
  throw packageError('project-missing', message, wanted, hint);
}
