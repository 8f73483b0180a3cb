import { didYouMean } from '../diagnostics/did-you-mean.js';
import { DbtError } from '../diagnostics/errors.js';
import type { SourceSpan } from '../diagnostics/span.js';
import { dictEntries, dictGet, dictHas, isDict, isFloat, isInt, pyRepr, pyStr } from '../jinja/values.js';
import { type Environment, insertSecrets } from './env-var.js';
import { readYamlFile } from './read-file.js';
import { type KeyPath, type Names, renderYaml } from './render.js';
import type { YamlDict } from './yaml/mapping.js';
import { readYaml, type YamlDocument } from './yaml.js';

export const PACKAGES_FILE = 'packages.yml';
export const DEPENDENCIES_FILE = 'dependencies.yml';
export const PACKAGE_LOCK_FILE = 'package-lock.yml';

/** `npm` is tsdbt's own. */
export type PackageKind = 'local' | 'tarball' | 'git' | 'package' | 'private' | 'npm';

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
  /** A text that stands for the one of the file: what `deps --add-package` is about to write. */
  readonly edited?: { readonly file: string; readonly text: string };
}

type KeyForm = 'text' | 'flag' | 'revision' | 'versions';

/** The keys of each kind, and what they take. */
const KINDS: {
  readonly [kind in PackageKind]: {
    readonly required: readonly string[];
    readonly known: { readonly [key: string]: KeyForm };
  };
} = {
  local: { required: [], known: { local: 'text', name: 'text' } },
  tarball: { required: ['name'], known: { tarball: 'text', name: 'text' } },
  git: {
    required: [],
    known: { git: 'text', revision: 'revision', 'warn-unpinned': 'flag', subdirectory: 'text', name: 'text' },
  },
  package: {
    required: ['version'],
    known: { package: 'text', version: 'versions', install_prerelease: 'flag', name: 'text' },
  },
  private: {
    required: [],
    known: {
      private: 'text',
      provider: 'text',
      revision: 'revision',
      'warn-unpinned': 'flag',
      subdirectory: 'text',
      name: 'text',
    },
  },
  npm: { required: [], known: { npm: 'text', version: 'versions', name: 'text' } },
};

/**
 * Reads the packages that a project asks for: packages.yml (rendered), or `packages:` of dependencies.yml (not
 * rendered). Throws `packages-invalid`.
 */
export function readPackages(root: string, options: PackagesOptions): PackageList {
  const display = options.displayRoot ?? root;
  const { edited } = options;
  const readFile = (file: string): YamlDocument | undefined =>
    edited?.file === file ? readYaml(edited.text, file) : readYamlFile(root, file, display);
  const own = readFile(PACKAGES_FILE);
  const dependencies = readFile(DEPENDENCIES_FILE);
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
  return renderedPackages(own, dictGet(ownDict, 'packages'), options);
}

/** Renders the packages of packages.yml or package-lock.yml. Throws `packages-invalid`. */
export function renderedPackages(
  document: YamlDocument,
  written: unknown,
  options: Pick<PackagesOptions, 'names' | 'env'>,
): PackageList {
  const rendered = renderYaml(written, options.names, {
    document,
    base: ['packages'],
    after: (value) => insertSecrets(value, options.env),
  });
  return { file: document.file, document, packages: packageSpecs(rendered, written, document) };
}

/** Reads packages as the hub lists those of a package: data without a place. Throws `packages-invalid`. */
export function listedPackages(written: unknown, file: string): PackageList {
  const document: YamlDocument = { file, text: '', value: written, duplicates: [], span: () => nowhere(file) };
  return { file, document: null, packages: packageSpecs(written, written, document) };
}

const nowhere = (file: string): SourceSpan => ({ file, line: 1, column: 1 });

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
  const forms = 'An entry has one of the keys local, package (with version), git, tarball (with name), npm.';
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
  const missing = required.find((key) => isMissing(fields[key]));
  if (missing !== undefined) {
    throw invalid(`${location} is missing the ${missing}`, document, path, `Add '${missing}: …' to the entry.`);
  }
  if (kind === 'package' && !location.includes('/')) {
    const message = `${location} was not found in the package index. Packages on the index require a namespace, e.g dbt-labs/dbt_utils`;
    throw invalid(message, document, [...path, kind], 'Write namespace/name.');
  }
  const unknown = Object.keys(fields).find((key) => !Object.hasOwn(known, key));
  if (unknown !== undefined) {
    const near =
      didYouMean(unknown.replaceAll('_', '-'), Object.keys(known)) ?? didYouMean(unknown, Object.keys(known));
    const message = `A ${kind === 'package' ? 'hub' : kind} package has no key '${unknown}'`;
    const hint = `${near ? `${near} ` : ''}It can have: ${Object.keys(known).join(', ')}.`;
    throw invalid(message, document, [...path, unknown], hint);
  }
  for (const [key, form] of Object.entries(known)) {
    const value = fields[key];
    if (value === undefined || value === null || FORMS[form].takes(value)) continue;
    const message = `'${key}' of ${location} is ${pyRepr(value)}, not ${FORMS[form].name}`;
    throw invalid(message, document, [...path, key], FORMS[form].hint);
  }
  const unrendered = isDict(written)
    ? Object.fromEntries([...dictEntries(written)].map(([key, value]) => [pyStr(key), value]))
    : fields;
  return { kind, location, fields, unrendered };
}

const isMissing = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

const isText = (value: unknown): value is string => typeof value === 'string';

/** What dbt takes; a whole number is no version, because it has never been one. */
const FORMS: {
  readonly [form in KeyForm]: {
    readonly takes: (value: unknown) => boolean;
    readonly name: string;
    readonly hint: string;
  };
} = {
  text: { takes: isText, name: 'a text', hint: 'Put it in quotes.' },
  flag: { takes: (value) => typeof value === 'boolean', name: 'true or false', hint: 'Write true or false.' },
  revision: {
    takes: (value) => isText(value) || isFloat(value) || isInt(value),
    name: 'a branch, tag or commit',
    hint: "Put it in quotes, e.g. revision: '1.0.0'.",
  },
  versions: {
    takes: (value) =>
      isText(value) ||
      isFloat(value) ||
      (Array.isArray(value) && value.every((item) => isText(item) || isFloat(item) || isInt(item))),
    name: 'a version or a list of versions',
    hint: 'Write e.g. version: [">=1.0.0", "<2.0.0"].',
  },
};

function invalid(message: string, document: YamlDocument, path: KeyPath, hint: string): DbtError {
  return new DbtError('packages-invalid', message, { span: document.span(path), sourceText: document.text, hint });
}
