import { isAbsolute, posix, win32 } from 'node:path';

/** What git may speak; everything else, `ext::` above all, is refused by us and by git itself. */
export const GIT_PROTOCOLS = ['https', 'ssh', 'git', 'file'] as const;

const CONTROL = /[\0-\x1f\x7f]/;

/** What is wrong with the address of a repository, or nothing. */
export function urlProblem(url: string): { readonly message: string; readonly hint: string } | undefined {
  const hint = `It can be a URL (${GIT_PROTOCOLS.map((protocol) => `${protocol}://`).join(', ')}), user@host:path, or the absolute path of a local repository.`;
  if (url.startsWith('-') || CONTROL.test(url)) return { message: 'is no address of a git repository', hint };
  if (/^[a-z0-9+.-]+::/i.test(url)) return { message: 'names a git transport that runs commands', hint };
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(url)?.[1]?.toLowerCase();
  if (scheme !== undefined) {
    if (!(GIT_PROTOCOLS as readonly string[]).includes(scheme)) {
      const instead = scheme === 'http' ? 'Use https://.' : hint;
      return { message: `has the protocol ${scheme}, which tsdbt does not use with git`, hint: instead };
    }
    // A host that begins with a dash would be an option of ssh.
    const host = url.slice(scheme.length + 3).replace(/^[^/@]*@/, '');
    return host.startsWith('-') ? { message: 'has a host that begins with a dash', hint } : undefined;
  }
  if (isAbsolute(url) || win32.isAbsolute(url)) return undefined;
  if (/^(?:[\w.-]+@)?[\w.[][\w.:\]-]*:[^:]/.test(url) && !/@-|:-/.test(url)) return undefined;
  return { message: 'is no address of a git repository', hint };
}

/** What is wrong with a revision, or nothing: git's own rules for names of branches and tags, as far as they protect us. */
export function revisionProblem(revision: string): string | undefined {
  if (revision === '') return 'is empty';
  if (revision.startsWith('-')) return 'begins with a dash';
  if (CONTROL.test(revision) || /[ ~^:?*[\\]|\.\.|@\{|\/\/|\.lock$|[./]$|^[./]/.test(revision)) {
    return 'is no name of a branch, tag or commit';
  }
  return undefined;
}

/** What is wrong with a subdirectory, or nothing. */
export function subdirectoryProblem(path: string): string | undefined {
  const normal = posix.normalize(path.replaceAll('\\', '/'));
  const isInside = normal !== '..' && !normal.startsWith('../') && !isAbsolute(path) && !win32.isAbsolute(path);
  return isInside && !CONTROL.test(path) && !path.startsWith('-') ? undefined : 'is no path inside the repository';
}
