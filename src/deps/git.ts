import { mkdirSync, realpathSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { isDirectory } from '../config/read-file.js';
import { didYouMean } from '../diagnostics/did-you-mean.js';
import { formatSpan } from '../diagnostics/span.js';
import { pyRepr, pyStr } from '../jinja/values.js';
import { type DepsContext, once, type PackageMetadata, type Pin } from './context.js';
import { type GitResult, runGit } from './git-command.js';
import { revisionProblem, subdirectoryProblem, urlProblem } from './git-url.js';
import { projectMetadata } from './package-name.js';
import { scrubbedLocation } from './scrubbed.js';
import { packageError, type Request, shownUrl, type Wanted } from './wanted.js';

/** A commit's files, without `.git`. */
interface Checkout {
  readonly directory: string;
  readonly sha: string;
}

const COMMIT = /^[0-9a-f]{40}$/;

/** A package in a git repository, or in a directory of one: the commit of a tag, a branch or a hash. */
export const pinGit: Pin = async (request, context) => {
  const [wanted] = request.wanted;
  const { location, fields } = wanted.spec;
  const revision = oneRevision(request);
  const subdirectory =
    typeof fields['subdirectory'] === 'string' && fields['subdirectory'] ? fields['subdirectory'] : null;
  check(wanted, urlProblem(location), shownUrl(location));
  if (revision !== 'HEAD') check(wanted, problemOf(revisionProblem(revision)), `The revision '${revision}'`);
  if (subdirectory !== null)
    check(wanted, problemOf(subdirectoryProblem(subdirectory)), `The subdirectory '${subdirectory}'`);
  // One checkout for each directory of a repository: it is moved to where it is installed.
  const key = `git ${location}\n${revision}\n${subdirectory ?? ''}`;
  const { directory, sha } = await once(context, key, () => checkOut(location, revision, wanted, context));
  warnUnpinned(request, revision, context);
  const packageDirectory = subdirectory === null ? directory : insideOf(directory, subdirectory, wanted);
  let metadata: PackageMetadata | undefined;
  return {
    wanted,
    label: shownUrl(subdirectory === null ? location : `${location}/${subdirectory}`),
    versionName: `revision ${sha}`,
    lock: () => ({
      git: scrubbedLocation(wanted, context),
      revision: sha,
      ...(subdirectory === null ? {} : { subdirectory }),
    }),
    ...(subdirectory === null ? {} : { subdirectory }),
    metadata: async () => {
      const hint =
        subdirectory === null
          ? "If the project lies in a directory of the repository, give it as 'subdirectory:'."
          : `'${subdirectory}' is in the repository, but is no dbt project.`;
      const by = `${shownUrl(location)} ${revision}`;
      metadata ??= projectMetadata(packageDirectory, by, wanted, context, hint);
      return metadata;
    },
    install: async (target) => {
      context.fetched.delete(key);
      await rename(packageDirectory, target);
    },
  };
};

const problemOf = (message: string | undefined): { message: string; hint: string } | undefined =>
  message === undefined ? undefined : { message, hint: 'Correct the entry.' };

function check(
  wanted: Wanted,
  problem: { readonly message: string; readonly hint: string } | undefined,
  what: string,
): void {
  if (problem) throw packageError('git-refused', `${what} ${problem.message}`, wanted, problem.hint);
}

function oneRevision({ wanted, keys }: Request): string {
  const given = wanted
    .map(({ spec }) => spec.fields['revision'])
    .filter((value) => value !== undefined && value !== null);
  const revisions = [...new Set(given.map(pyStr))];
  const [revision = 'HEAD', second] = revisions;
  if (second === undefined) return revision;
  const set = `{${revisions.sort().map(pyRepr).join(', ')}}`;
  const message = `git dependencies should contain exactly one version. ${shownUrl(keys[0] ?? '')} contains: ${set}`;
  throw packageError('package-version', message, wanted, 'Ask for the same revision everywhere.');
}

/** dbt's warning of a package that can change from one day to the next. */
function warnUnpinned({ wanted }: Request, revision: string, context: DepsContext): void {
  if (
    !['HEAD', 'main', 'master'].includes(revision) ||
    wanted.some(({ spec }) => spec.fields['warn-unpinned'] === false)
  )
    return;
  const [{ spec, span }] = wanted;
  const key = `unpinned ${spec.location} ${revision}`;
  if (context.fetched.has(key)) return;
  context.fetched.set(key, Promise.resolve());
  const state = revision === 'HEAD' ? 'not pinned, using HEAD (default branch)' : `pinned to the "${revision}" branch`;
  context.bus.warn('DepsUnpinned', {
    msg: `WARNING: The git package "${shownUrl(spec.location)}" \n\tis ${state}.\n\tThis can introduce breaking changes into your project without warning!\n\nSee https://docs.getdbt.com/docs/package-management#section-specifying-package-versions`,
    place: formatSpan(span),
    hint: "Give a tag or a commit as 'revision:', or say 'warn-unpinned: false'.",
  });
}

/** The directory of a package in a checkout. No link in the repository may lead out of it. */
function insideOf(checkout: string, subdirectory: string, wanted: Wanted): string {
  const path = join(checkout, subdirectory);
  if (!isDirectory(path)) {
    const message = `The repository ${shownUrl(wanted.spec.location)} has no directory '${subdirectory}'`;
    throw packageError('git-refused', message, wanted, 'Correct the entry, or ask for another revision.');
  }
  const real = realpathSync(path);
  if (real === checkout || real.startsWith(`${realpathSync(checkout)}${sep}`)) return real;
  throw packageError(
    'git-refused',
    `The subdirectory '${subdirectory}' leads out of the repository`,
    wanted,
    'Correct the entry.',
  );
}

/** Fetches one commit and puts its files into a directory of their own. */
async function checkOut(url: string, revision: string, wanted: Wanted, context: DepsContext): Promise<Checkout> {
  const directory = context.work.next('git');
  mkdirSync(directory, { recursive: true });
  const git = async (...args: string[]): Promise<GitResult> => {
    const result = await runGit(args, directory, context.env, context.signal);
    if (result.missing) {
      const hint = 'Install git and make sure that it is on the PATH.';
      throw packageError('git-missing', `git is needed for ${shownUrl(url)}, and is not there`, wanted, hint);
    }
    return result;
  };
  const needed = async (...args: string[]): Promise<string> => {
    const result = await git(...args);
    if (result.ok) return result.stdout.trim();
    throw gitError(url, revision, result, wanted);
  };
  await needed('init', '-q');
  const ref = await chooseRef(url, revision, wanted, git);
  const fetch = ['fetch', '-q', '--no-tags', '--depth', '1', '--', url, `${ref}:refs/tsdbt/wanted`];
  const fetched = await git(...fetch);
  let commit = 'refs/tsdbt/wanted';
  if (!fetched.ok) {
    // A server may not give single commits: then all that its branches and tags have.
    const all = COMMIT.test(revision) ? await git('fetch', '-q', '--', url, '+refs/*:refs/tsdbt/all/*') : fetched;
    if (!all.ok || !(await git('cat-file', '-e', `${revision}^{commit}`)).ok) {
      throw gitError(url, revision, fetched, wanted);
    }
    commit = revision;
  }
  await needed('checkout', '-q', '--detach', commit, '--');
  const sha = await needed('rev-parse', '--verify', '-q', 'HEAD^{commit}');
  await rm(join(directory, '.git'), { recursive: true, force: true });
  return { directory: realpathSync(directory), sha };
}

/** What to ask the server for: the commit itself, HEAD, else the tag, else the branch of that name. */
async function chooseRef(
  url: string,
  revision: string,
  wanted: Wanted,
  git: (...args: string[]) => Promise<GitResult>,
): Promise<string> {
  if (COMMIT.test(revision)) return revision;
  if (revision === 'HEAD') return 'HEAD';
  const listed = await git('ls-remote', '-q', '--refs', '--heads', '--tags', '--', url);
  if (!listed.ok) throw gitError(url, revision, listed, wanted);
  const refs = listed.stdout.split('\n').flatMap((line) => line.split('\t')[1] ?? []);
  for (const kind of ['tags', 'heads'])
    if (refs.includes(`refs/${kind}/${revision}`)) return `refs/${kind}/${revision}`;
  const names = refs.map((ref) => ref.replace(/^refs\/(tags|heads)\//, ''));
  const hint = /^[0-9a-f]{4,39}$/.test(revision)
    ? 'Of a commit give all 40 digits.'
    : (didYouMean(revision, names) ??
      (names.length > 0 ? `There are: ${names.slice(-10).join(', ')}.` : 'The repository is empty.'));
  const message = `The repository ${shownUrl(url)} has no branch or tag '${revision}'`;
  throw packageError('git-failed', message, wanted, hint);
}

/** git's message, without the lines that say nothing. */
function gitError(url: string, revision: string, { stderr }: GitResult, wanted: Wanted): Error {
  const said = stderr
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^(Please make sure|and the repository exists|warning: )/.test(line))
    .slice(0, 6)
    .map((line) => `  ${line.replaceAll(url, shownUrl(url)).replace(/\/\/[^/@\s]+:[^/@\s]+@/g, '//*****@')}`);
  const hint = /not our ref|no such remote ref|couldn't find remote ref|unadvertised/i.test(stderr)
    ? 'The repository has no such commit: give all 40 digits of one that a branch or tag has.'
    : /terminal prompts disabled|Authentication failed|Permission denied|could not read (Username|Password)/i.test(
          stderr,
        )
      ? "git is not asked for a password here: set up a credential helper or an ssh key, or write the token as {{ env_var('DBT_ENV_SECRET_…') }} in the URL."
      : `Try it by itself: 'git ls-remote ${shownUrl(url)}'.`;
  const message = `Error checking out spec='${revision}' for repo ${shownUrl(url)}\n${said.join('\n')}`;
  return packageError('git-failed', message, wanted, hint);
}
