import { join } from 'node:path';
import type { TargetConfig } from '../contracts/runtime-config.js';
import { didYouMean } from '../diagnostics/did-you-mean.js';
import { DbtError, type DbtErrorOptions } from '../diagnostics/errors.js';
import {
  type DictLike,
  dictEntries,
  dictGet,
  dictKeys,
  dictSize,
  isDict,
  isInt,
  pyRepr,
  pyStr,
} from '../jinja/values.js';
import { type Environment, insertSecrets } from './env-var.js';
import { displayPath, isFile, readYamlFile } from './read-file.js';
import { type KeyPath, type Names, renderYaml } from './render.js';
import { asRecord, type YamlDocument } from './yaml.js';

export const PROFILES_FILE = 'profiles.yml';
const DEFAULT_THREADS = 1;

/** What an engine makes of an output of profiles.yml; `AdapterPlugin` of `adapters/` is one. */
export interface CredentialsParser {
  parseCredentials(
    output: { readonly [key: string]: unknown },
    place: {
      readonly profile: string;
      readonly target: string;
      readonly at?: (key: string) => Pick<DbtErrorOptions, 'span' | 'sourceText'>;
    },
  ): Pick<TargetConfig, 'database' | 'schema' | 'threads' | 'credentials'>;
}

/** A profile without `target`, and the one that is taken. */
export interface MissingTarget {
  readonly profile_name: string;
  readonly target_name: string;
}

export interface ProfileOptions {
  /** What Jinja in profiles.yml sees, with `env_var` that allows secrets. */
  readonly names: Names;
  readonly env: Environment;
  /** The engine of a `type`; throws a DbtError that names those there are. */
  readonly engine: (type: string) => CredentialsParser;
  /** Takes what is worth telling, by the name of dbt's event. */
  readonly tell: (event: 'MissingProfileTarget', data: MissingTarget) => void;
  /** `profile:` of dbt_project.yml, rendered. */
  readonly projectProfile: string | null;
  /** dbt_project.yml, where a profile that can't be found is named; undefined when it can't be read. */
  readonly projectDocument: YamlDocument | undefined;
  /** `--profile`, `--target`, `--threads`. */
  readonly profile?: string | null;
  readonly target?: string | null;
  readonly threads?: number | null;
  /** The project's directory, which places are relative to. */
  readonly projectRoot: string;
}

/** profiles.yml of a directory, not rendered; undefined when there is none. Throws `profile-invalid` when it is empty. */
export function readProfiles(profilesDir: string, projectRoot: string): YamlDocument | undefined {
  const document = readYamlFile(profilesDir, PROFILES_FILE, projectRoot, { strip: false });
  if (document && !isDict(document.value)) {
    const path = join(profilesDir, PROFILES_FILE);
    const state = document.value === null ? 'empty' : 'not a dictionary of profiles';
    throw new DbtError('profile-invalid', `The profiles.yml file at ${path} is ${state}`, {
      span: { file: document.file, line: 1, column: 1 },
      sourceText: document.text,
      hint: 'It has the name of a profile with its target and outputs.',
    });
  }
  return document;
}

/**
 * Chooses the profile and its target and has the engine check the output. Only what is chosen is rendered. Throws
 * `profile-missing`, `profile-target-missing`, `profile-invalid` and what the engine throws.
 */
export function loadTarget(profilesDir: string, options: ProfileOptions): TargetConfig {
  const document = readProfiles(profilesDir, options.projectRoot);
  const profileName = options.profile ?? options.projectProfile;
  if (profileName === null) throw noProfileNamed(profilesDir, options);
  const profile = findProfile(document, profileName, profilesDir, options);
  const place = (path: KeyPath, what?: 'key' | 'value') => ({
    span: document?.span([profileName, ...path], what) ?? { file: PROFILES_FILE, line: 1, column: 1 },
    ...(document ? { sourceText: document.text } : {}),
  });

  const targetName = chooseTarget(profile, profileName, document as YamlDocument, options);
  const outputs = dictGet(profile, 'outputs');
  if (!isDict(outputs)) {
    const hint = 'Add outputs: with a target under it, e.g. dev: {type: duckdb}.';
    throw new DbtError('profile-invalid', `outputs not specified in profile '${profileName}'`, { ...place([]), hint });
  }
  const names = [...dictKeys(outputs)].map((key) => pyStr(key));
  const output = dictGet(outputs, targetName);
  if (output === undefined) {
    const list = names.map((name) => ` - ${name}`).join('\n');
    const message = `The profile '${profileName}' does not have a target named '${targetName}'. The valid target names for this profile are:\n${list}`;
    const hint = didYouMean(targetName, names) ?? 'Choose one of them with --target or as target: of the profile.';
    throw new DbtError('profile-target-missing', message, { ...place(['outputs']), hint });
  }
  if (!isDict(output)) {
    const message = `output '${targetName}' of profile '${profileName}' is misconfigured in profiles.yml`;
    const hint = 'It is a mapping with at least a type.';
    throw new DbtError('profile-invalid', message, { ...place(['outputs', targetName]), hint });
  }

  const base = [profileName, 'outputs', targetName];
  const rendered = renderOutput(output, base, document as YamlDocument, options);
  const at = (key: string, what?: 'key' | 'value') => place(['outputs', targetName, key], what);
  const type = rendered['type'];
  if (typeof type !== 'string') {
    const message = `required field "type" not found in profile ${profileName} and target ${targetName}`;
    throw new DbtError('profile-invalid', message, { ...at('type'), hint: "Say which engine it is: 'type: duckdb'." });
  }
  const threads = options.threads ?? rendered['threads'] ?? DEFAULT_THREADS;
  if (!isInt(threads)) {
    const message = `at path ['threads']: ${pyRepr(threads)} is not of type 'integer'`;
    const hint = 'Write it without quotes; from the environment: "{{ env_var(\'THREADS\') | as_number }}".';
    throw new DbtError('profile-invalid', message, { ...at('threads', 'value'), hint });
  }
  return withPlace(
    () => {
      const parser = options.engine(type);
      const { threads: _threads, ...fields } = rendered;
      const parsed = parser.parseCredentials(fields, { profile: profileName, target: targetName, at });
      const { database, schema, credentials } = parsed;
      return {
        profile_name: profileName,
        target_name: targetName,
        type,
        threads: Number(threads),
        database,
        schema,
        credentials,
      };
    },
    (code) => (code === 'adapter-unknown' ? at('type', 'value') : place(['outputs', targetName])),
  );
}

/** Adds the place of the output to an engine's error that has none. */
function withPlace<T>(work: () => T, place: (code: string) => object): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof DbtError && error.diagnostic.span === undefined) throw error.with(place(error.code));
    throw error;
  }
}

/** The names of a profile's outputs; none where there is no such profile, or it has none. */
export function outputNames(profilesDir: string, projectRoot: string, profile: string): readonly string[] {
  const profiles = readProfiles(profilesDir, projectRoot)?.value;
  const found = isDict(profiles) ? dictGet(profiles, profile) : undefined;
  const outputs = isDict(found) ? dictGet(found, 'outputs') : undefined;
  return isDict(outputs) ? [...dictKeys(outputs)].map((key) => pyStr(key)) : [];
}

function chooseTarget(profile: DictLike, profileName: string, document: YamlDocument, options: ProfileOptions): string {
  if (options.target !== null && options.target !== undefined) return options.target;
  const written = dictGet(profile, 'target');
  if (written !== undefined) {
    return pyStr(renderYaml(written, options.names, { document, base: [profileName, 'target'] }));
  }
  options.tell('MissingProfileTarget', { profile_name: profileName, target_name: 'default' });
  return 'default';
}

function renderOutput(
  output: object,
  base: KeyPath,
  document: YamlDocument,
  options: ProfileOptions,
): { readonly [key: string]: unknown } {
  // A password that is no valid Jinja is meant as it stands.
  const rendered = renderYaml(output, options.names, {
    document,
    base,
    forgive: (path) => path.slice(base.length).includes('password'),
    after: (value) => insertSecrets(value, options.env),
  });
  return (asRecord(records(rendered)) ?? {}) as { readonly [key: string]: unknown };
}

/** Mappings that a template made (`as_native`) as those that YAML has. */
function records(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(records);
  if (!isDict(value)) return value;
  return Object.fromEntries([...dictEntries(value)].map(([key, item]) => [pyStr(key), records(item)]));
}

function findProfile(
  document: YamlDocument | undefined,
  name: string,
  profilesDir: string,
  options: ProfileOptions,
): DictLike {
  const profiles = document?.value;
  const profile = isDict(profiles) ? dictGet(profiles, name) : undefined;
  if (profile === undefined) {
    const names = isDict(profiles)
      ? [...dictKeys(profiles)].map((key) => pyStr(key)).filter((key) => key !== 'config')
      : [];
    const path = displayPath(join(profilesDir, PROFILES_FILE), options.projectRoot);
    const known = names.length === 0 ? '' : ` Profiles in ${path}: ${names.join(', ')}.`;
    const inProject = isFile(join(options.projectRoot, PROFILES_FILE));
    const absent = inProject
      ? `There is no ${path}, but one in the project: give --profiles-dir ${options.projectRoot}.`
      : `There is no ${path}: create it, or give its directory with --profiles-dir.`;
    throw new DbtError('profile-missing', `Could not find profile named '${name}'`, {
      ...named(name, path, document, options),
      hint: document ? `${didYouMean(name, names) ?? ''}${known}`.trim() : absent,
    });
  }
  if (profile === null || (isDict(profile) && dictSize(profile) === 0)) {
    throw new DbtError('profile-invalid', `Profile ${name} in profiles.yml is empty`, {
      ...(document ? { span: document.span([name]), sourceText: document.text } : {}),
      hint: 'It has a target and outputs.',
    });
  }
  return isDict(profile) ? profile : {};
}

/** Where the profile is named: in dbt_project.yml, or with `--profile` nowhere but in profiles.yml. */
function named(name: string, path: string, document: YamlDocument | undefined, options: ProfileOptions): object {
  const { profile, projectDocument } = options;
  if (profile === null || profile === undefined || profile !== name) {
    if (projectDocument) return { span: projectDocument.span(['profile'], 'value'), sourceText: projectDocument.text };
  }
  return { span: { file: document?.file ?? path, line: 1, column: 1 }, sourceText: document?.text ?? '' };
}

function noProfileNamed(profilesDir: string, options: ProfileOptions): DbtError {
  const path = displayPath(join(profilesDir, PROFILES_FILE), options.projectRoot);
  return new DbtError('profile-missing', 'dbt cannot run because no profile was specified for this dbt project', {
    span: { file: options.projectDocument?.file ?? 'dbt_project.yml', line: 1, column: 1 },
    sourceText: options.projectDocument?.text ?? '',
    hint: `Add a line 'profile: <name>' to dbt_project.yml with the name of a profile in ${path}, or give --profile.`,
  });
}
