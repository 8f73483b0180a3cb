import { DbtError } from '../diagnostics/errors.js';
import { dictEntries, dictGet, dictHas, isDict, pyRepr, pyStr } from '../jinja/values.js';
import { type Environment, insertSecrets } from './env-var.js';
import { readYamlFile } from './read-file.js';
import { type KeyPath, type Names, renderYaml } from './render.js';
import type { YamlDict } from './yaml/mapping.js';
import type { YamlDocument } from './yaml.js';

export const PACKAGES_FILE = 'packages.yml';
export const DEPENDENCIES_FILE = 'dependencies.yml';
export const PACKAGE_LOCK_FILE = 'package-lock.yml';

export type PackageKind = 'local' | 'tarball' | 'git' | 'package' | 'private';

/** One entry of `packages:`. */
export interface PackageSpec {
  readonly kind: PackageKind;
  /** What the key of the kind says: a path, URL or hub name. */
  readonly location: string;
  /** All keys, rendered. */
  readonly fields: { readonly [key: string]: unknown };
  /** All keys as written. */
  readonly unrendered: { readonly [key: string]: unknown };
}

/** packages.yml or the packages of dependencies.yml. */
export interface PackageList {
  /** The file that lists them, `packages.yml` when there is none. */
  readonly file: string;
  readonly document: YamlDocument | null;
  readonly packages: readonly PackageSpec[];
}

export interface PackagesOptions {
  /** What Jinja sees: `env_var` that allows secrets, `var` of `--vars`. */
  readonly names: Names;
  readonly env: Environment;
  /** The directory that places are relative to. */
  readonly displayRoot?: string;
}

/** The keys of each kind; the first is its own. */
const KINDS: {
  readonly [kind in PackageKind]: { readonly required: readonly string[]; readonly known: readonly string[] };
} = {
  local: { required: [], known: ['local', 'name'] },
  tarball: { required: ['name'], known: ['tarball', 'name'] },
  git: { required: [], known: ['git', 'revision', 'warn-unpinned', 'warn_unpinned', 'subdirectory', 'name'] },
  package: { required: ['version'], known: ['package', 'version', 'install_prerelease', 'name'] },
  private: {
    required: [],
    known: ['private', 'provider', 'revision', 'warn-unpinned', 'warn_unpinned', 'subdirectory', 'name'],
  },
};

/**
 * Reads the packages that a project asks for: packages.yml (rendered), or `packages:` of dependencies.yml (not
 * rendered). Throws `packages-invalid`.
 */
export function readPackages(root: string, options: PackagesOptions): PackageList {
  const display = options.displayRoot ?? root;
  const own = readYamlFile(root, PACKAGES_FILE, display);
  const dependencies = readYamlFile(root, DEPENDENCIES_FILE, display);
  const ownDict = mapping(own);
  const dependenciesDict = mapping(dependencies);

  if (own && ownDict && dictHas(ownDict, 'projects')) {
    throw invalid(
      "The 'projects' key cannot be specified in packages.yml",
      own,
      ['projects'],
      'Move it to dependencies.yml.',
    );
  }
  if (dependencies && dependenciesDict && dictHas(dependenciesDict, 'packages')) {
    if (ownDict && dictHas(ownDict, 'packages')) {
      const message = "The 'packages' key cannot be specified in both packages.yml and dependencies.yml";
      throw invalid(message, dependencies, ['packages'], 'Keep it in one of them.');
    }
    const list = dictGet(dependenciesDict, 'packages');
    return { file: DEPENDENCIES_FILE, document: dependencies, packages: packageSpecs(list, list, dependencies) };
  }
  if (!own || !ownDict) return { file: PACKAGES_FILE, document: null, packages: [] };
  for (const [key] of dictEntries(ownDict)) {
    if (key === 'packages') continue;
    const message = `Additional properties are not allowed (${pyRepr(key)} was unexpected)`;
    throw invalid(message, own, [pyStr(key)], 'packages.yml has one key: packages.');
  }
  const written = dictGet(ownDict, 'packages');
  const rendered = renderYaml(written, options.names, {
    document: own,
    base: ['packages'],
    after: (value) => insertSecrets(value, options.env),
  });
  return { file: PACKAGES_FILE, document: own, packages: packageSpecs(rendered, written, own) };
}

function mapping(document: YamlDocument | undefined): YamlDict | undefined {
  if (!document || document.value === null) return undefined;
  if (isDict(document.value)) return document.value as YamlDict;
  throw invalid(`${document.file} does not parse to a dictionary`, document, [], 'It has one key: packages, a list.');
}

function packageSpecs(rendered: unknown, written: unknown, document: YamlDocument): PackageSpec[] {
  if (!Array.isArray(rendered)) {
    throw invalid(
      `'packages' is ${pyRepr(rendered)}, not a list`,
      document,
      ['packages'],
      'Begin each entry with a dash.',
    );
  }
  return rendered.map((entry, i) => packageSpec(entry, Array.isArray(written) ? written[i] : undefined, i, document));
}

function packageSpec(entry: unknown, written: unknown, index: number, document: YamlDocument): PackageSpec {
  const path = ['packages', index];
  const forms = 'An entry has one of the keys local, package (with version), git, tarball (with name), private.';
  if (!isDict(entry)) throw invalid(`${pyRepr(entry)} is not a package`, document, path, forms);
  const fields = Object.fromEntries([...dictEntries(entry)].map(([key, value]) => [pyStr(key), value]));
  const kind = (Object.keys(KINDS) as PackageKind[]).find((key) => Object.hasOwn(fields, key));
  if (kind === undefined) throw invalid(`${pyRepr(entry)} is not a package that dbt knows`, document, path, forms);
  const { required, known } = KINDS[kind];
  const location = fields[kind];
  if (typeof location !== 'string' || location === '') {
    throw invalid(
      `A ${kind === 'package' ? 'hub' : kind} package is missing the value. It is a required property.`,
      document,
      [...path, kind],
      forms,
    );
  }
  const missing = required.find((key) => fields[key] === undefined || fields[key] === null || fields[key] === '');
  if (missing !== undefined) {
    throw invalid(`${location} is missing the ${missing}`, document, path, `Add '${missing}: …' to the entry.`);
  }
  if (kind === 'package' && !location.includes('/')) {
    const message = `${location} was not found in the package index. Packages on the index require a namespace, e.g dbt-labs/dbt_utils`;
    throw invalid(message, document, [...path, kind], 'Write namespace/name.');
  }
  const unknown = Object.keys(fields).find((key) => !known.includes(key));
  if (unknown !== undefined) {
    throw invalid(
      `A ${kind} package has no key '${unknown}'`,
      document,
      [...path, unknown],
      `It can have: ${known.join(', ')}.`,
    );
  }
  const unrendered = isDict(written)
    ? Object.fromEntries([...dictEntries(written)].map(([key, value]) => [pyStr(key), value]))
    : fields;
  return { kind, location, fields, unrendered };
}

function invalid(message: string, document: YamlDocument, path: KeyPath, hint: string): DbtError {
  return new DbtError('packages-invalid', message, { span: document.span(path), sourceText: document.text, hint });
}
