import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { adapterPlugin, adapterTypes } from '../adapters/registry.js';
import { PROFILES_FILE, readProfiles } from '../config/profiles.js';
import { type NewProfile, setProfile } from '../config/profiles-edit.js';
import { readYamlFile } from '../config/read-file.js';
import { DbtError, isDbtError } from '../diagnostics/errors.js';
import type { EventBus } from '../events/event-bus.js';
import { type DictLike, dictEntries, dictGet, isDict, pyStr, toPlain } from '../jinja/values.js';
import type { AnswerType, Questions } from './questions.js';

export interface ProfileSetup {
  readonly bus: EventBus;
  readonly questions: Questions;
  /** Absolute, and as it is shown. */
  readonly profilesDir: string;
  readonly shownDir: string;
  /** The project's directory, where profile_template.yml is looked for. */
  readonly root: string;
  /** The profile's name. */
  readonly name: string;
}

const TEMPLATE = 'profile_template.yml';

/**
 * Asks for a profile and writes it into profiles.yml: by the questions of the project's profile_template.yml where it has
 * one, else the engine's sample. A profile of that name is replaced only when the person agrees; the others stay as they are.
 */
export async function setUpProfile(setup: ProfileSetup): Promise<void> {
  const { bus, questions, profilesDir, shownDir, root, name } = setup;
  const path = join(shownDir, PROFILES_FILE);
  bus.emit('SettingUpProfile', {});
  const profiles = readProfiles(profilesDir, root)?.value;
  if (isDict(profiles) && dictGet(profiles, name) !== undefined) {
    const question = `The profile ${name} already exists in ${path}. Continue and overwrite it?`;
    if (!(await questions.confirm(question))) return;
  }
  if (existsSync(join(root, TEMPLATE))) {
    const profile = await fromTemplate(root, questions);
    if (profile) {
      write(setup, profile);
      bus.emit('ProfileWrittenWithProjectTemplateYAML', { name, path });
      return;
    }
    bus.emit('InvalidProfileTemplateYAML', {});
  }
  const type = await questions.choice('Which database would you like to use?\n', adapterTypes(), 'Enter a number');
  write(setup, adapterPlugin(type).sampleProfile);
  bus.emit('ProfileWrittenWithSample', { name, path });
}

/** What the questions of the template make; null when it is no template. */
async function fromTemplate(root: string, questions: Questions): Promise<NewProfile | null> {
  let template: unknown;
  try {
    template = readYamlFile(root, TEMPLATE, root)?.value;
  } catch (error) {
    if (!isDbtError(error)) throw error;
    return null;
  }
  if (!isDict(template)) return null;
  const output: Record<string, unknown> = {};
  const fixed = dictGet(template, 'fixed');
  if (isDict(fixed)) for (const [key, value] of dictEntries(fixed)) output[pyStr(key)] = toPlain(value);
  const prompts = dictGet(template, 'prompts');
  if (isDict(prompts) && !(await askAll(prompts, output, questions))) return null;
  const { target = 'dev', ...rest } = output;
  return { target: String(target), outputs: { [String(target)]: rest } };
}

/** Asks the prompts in their order; false for a prompt that is none. `_choose_x` asks for one of several groups. */
async function askAll(prompts: DictLike, output: Record<string, unknown>, questions: Questions): Promise<boolean> {
  for (const [key, prompt] of dictEntries(prompts)) {
    const name = pyStr(key);
    if (name.startsWith('_fixed_')) output[name.slice('_fixed_'.length)] = toPlain(prompt);
    else if (!isDict(prompt)) return false;
    else if (name.startsWith('_choose')) {
      const groups = new Map([...dictEntries(prompt)].map(([group, inner]) => [pyStr(group), inner] as const));
      const what = name.slice('_choose_'.length).replaceAll('_', ' ');
      const chosen = await questions.choice('', [...groups.keys()], `Desired ${what} option (enter a number)`);
      const inner = groups.get(chosen);
      if (!isDict(inner) || !(await askAll(inner, output, questions))) return false;
    } else output[name] = await askOne(name, prompt, questions);
  }
  return true;
}

async function askOne(name: string, prompt: DictLike, questions: Questions): Promise<unknown> {
  const hint = dictGet(prompt, 'hint');
  return questions.value({
    text: hint === undefined || hint === null ? name : `${name} (${pyStr(hint)})`,
    default: toPlain(dictGet(prompt, 'default') ?? null),
    type: (dictGet(prompt, 'type') ?? undefined) as AnswerType | undefined,
    hidden: dictGet(prompt, 'hide_input') === true,
  });
}

/** The file is written aside and renamed. */
function write({ profilesDir, name }: ProfileSetup, profile: NewProfile): void {
  const path = join(profilesDir, PROFILES_FILE);
  const before = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const text = setProfile(before, path, name, profile);
  const aside = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(aside, text, { mode: 0o600 });
    renameSync(aside, path);
  } catch (error) {
    throw new DbtError('init-refused', `Can't write ${path}: ${(error as Error).message}`, {
      hint: 'Choose another directory with --profiles-dir.',
      cause: error,
    });
  }
}
