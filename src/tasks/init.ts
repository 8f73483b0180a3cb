import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { adapterTypes } from '../adapters/registry.js';
import { BUILTIN_PACKAGE } from '../builtin/index.js';
import { profilesDirectory } from '../config/flags.js';
import { readProfiles } from '../config/profiles.js';
import { nearestProjectDir, PROJECT_FILE, readProjectFile } from '../config/project-file.js';
import { DbtError } from '../diagnostics/errors.js';
import { dictGet, isDict, pyStr } from '../jinja/values.js';
import { makeDirectory } from '../util/make-directory.js';
import { Questions } from './questions.js';
import { setUpProfile } from './set-up-profile.js';
import { writeStarter } from './starter-project.js';
import type { TaskContext, TaskResult } from './task.js';

/**
 * `init`: a new project in a directory of its name, and a profile for it; inside of a project, a profile for that one.
 * With `--from-dbt` it looks through a project of dbt instead, and writes nothing.
 */
export async function initTask(context: TaskContext): Promise<TaskResult> {
  const { bus, flags, env, cwd, options } = context;
  if (options['from_dbt'] === true) {
    const { initFromDbt } = await import('./init-from-dbt.js');
    return initFromDbt(context);
  }
  const profilesDir = profilesDirectory(flags.profiles_dir, env, cwd);
  const shownDir = flags.profiles_dir ?? profilesDir;
  if (!existsSync(profilesDir)) {
    bus.emit('ConfigFolderDirectory', { dir: shownDir });
    makeDirectory(profilesDir);
  }
  const questions = new Questions(context.ask, context.say);
  const skip = options['skip_profile_setup'] === true;
  const existing = projectHere(context);
  if (existing !== null) {
    if (flags.profile !== null) {
      const message = 'Can not init existing project with specified profile, edit dbt_project.yml instead';
      throw new DbtError('init-refused', message, { hint: `Its profile is named in ${join(existing, PROJECT_FILE)}.` });
    }
    if (!skip) await setUpProfile({ bus, questions, profilesDir, shownDir, root: existing, name: profileOf(existing) });
    return { success: true };
  }
  const name = await projectName(questions, options['name']);
  const directory = resolve(cwd, name);
  if (existsSync(directory)) {
    bus.emit('ProjectNameAlreadyExists', { name });
    return { success: true };
  }
  if (flags.profile !== null) checkProfile(profilesDir, flags.profile, cwd);
  const starter = writeStarter(directory, { name, profile: flags.profile ?? name });
  bus.emit('StarterProjectPath', { dir: starter });
  bus.emit('ProjectCreated', { project_name: name, docs_url: DOCS_URL, slack_url: '' });
  if (flags.profile === null && !skip) {
    await setUpProfile({ bus, questions, profilesDir, shownDir, root: directory, name });
  }
  return { success: true };
}

const DOCS_URL = 'https://docs.getdbt.com/docs/configure-your-profile';
/** Letters, digits and underscores, the first no digit, in any script. */
const NAME = /^[\p{L}_][\p{L}\p{N}_]*$/u;

/** The project that the command is in, or that `--project-dir` names. */
function projectHere({ flags, cwd }: TaskContext): string | null {
  const directory = flags.project_dir === null ? nearestProjectDir(cwd) : resolve(cwd, flags.project_dir);
  return existsSync(join(directory, PROJECT_FILE)) ? directory : null;
}

function profileOf(root: string): string {
  const { raw, document } = readProjectFile(root);
  const written = dictGet(raw, 'profile');
  if (written !== undefined && written !== null) return pyStr(written);
  throw new DbtError('profile-missing', 'The project names no profile that could be set up', {
    span: { file: document.file, line: 1, column: 1 },
    sourceText: document.text,
    hint: "Add a line 'profile: <name>'.",
  });
}

async function projectName(questions: Questions, given: unknown): Promise<string> {
  const taken = new Set([BUILTIN_PACKAGE.name, ...adapterTypes().map((type) => `dbt_${type}`)]);
  let name = typeof given === 'string' ? given : '';
  while (!NAME.test(name) || taken.has(name)) {
    if (name !== '') questions.say(`${name} is not a valid project name.`);
    name = String(await questions.value({ text: 'Enter a name for your project (letters, digits, underscore)' }));
  }
  return name;
}

/** `--profile` has to be in profiles.yml. */
function checkProfile(profilesDir: string, name: string, cwd: string): void {
  const profiles = readProfiles(profilesDir, cwd)?.value;
  if (isDict(profiles) && dictGet(profiles, name) !== undefined) return;
  throw new DbtError('profile-missing', `Could not find profile named '${name}'`, {
    hint: `It has to be in ${join(profilesDir, 'profiles.yml')}; without --profile a new one is set up.`,
  });
}
