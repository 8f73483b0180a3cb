import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEPENDENCIES_FILE, PACKAGES_FILE } from '../config/packages.js';
import { addPackage, type NewPackage } from '../config/packages-edit.js';
import { readYamlFile } from '../config/read-file.js';
import { asRecord } from '../config/yaml.js';
import { DbtError } from '../diagnostics/errors.js';

export type PackageSource = 'hub' | 'git' | 'local';

/** `--add-package` as read. */
export interface AddedPackage {
  readonly name: string;
  readonly version: string | null;
  readonly source: PackageSource;
}

/** packages.yml with the package in it; not written yet. */
export interface PlannedAddition {
  readonly file: string;
  readonly text: string;
  readonly created: boolean;
  readonly removed: readonly { readonly [key: string]: unknown }[];
}

/** Reads `name@version`, where the version may be several, with commas. Throws `cli-usage` without a version, unless it is local. */
export function parseAddedPackage(text: string, source: PackageSource): AddedPackage {
  // The name of a git package may have an @ before its path: git@host:path@1.0.0, https://user@host/path@1.0.0.
  const host = source === 'git' ? (/^(?:[a-z][a-z0-9+.-]*:\/\/[^/]*|[^/:]*(?=:))/i.exec(text)?.[0].length ?? 0) : 1;
  const at = text.lastIndexOf('@');
  const isVersion = at >= host && at < text.length - 1 && source !== 'local';
  const [name, version] = isVersion ? [text.slice(0, at), text.slice(at + 1)] : [text, null];
  if (version === null && source !== 'local') {
    throw new DbtError('cli-usage', `--add-package needs a version when the source is ${source}`, {
      hint: `Write it behind the name: --add-package '${name}@1.0.0'.`,
    });
  }
  return { name, version, source };
}

/** Adds a package to the file that lists packages, in place of those of the same name; what it does not touch stays. */
export function planAddition(root: string, added: AddedPackage): PlannedAddition {
  const dependencies = readYamlFile(root, DEPENDENCIES_FILE, root);
  const file = asRecord(dependencies?.value)?.['packages'] !== undefined ? DEPENDENCIES_FILE : PACKAGES_FILE;
  const path = join(root, file);
  const created = !existsSync(path);
  const text = created ? 'packages: []\n' : readFileSync(path, 'utf8');
  const edit = addPackage(text, file, entryOf(added), (entry) => isSamePackage(entry, added.name));
  return { file, text: edit.text, created, removed: edit.removed };
}

function entryOf({ name, version, source }: AddedPackage): NewPackage {
  const versions = version?.split(',').map((part) => part.trim());
  const value = versions === undefined ? undefined : versions.length > 1 ? versions : (versions[0] ?? '');
  return {
    [source === 'hub' ? 'package' : source]: name,
    ...(value === undefined ? {} : { [source === 'git' ? 'revision' : 'version']: value }),
  };
}

/**
 * As dbt tells that an entry is the package that is added: its address has the name, or its last part, as a whole between
 * slashes and dots; hyphens and underscores are the same.
 */
export function isSamePackage(entry: { readonly [key: string]: unknown }, name: string): boolean {
  const address = ['package', 'git', 'local', 'tarball', 'private'].map((key) => entry[key]).find((value) => value);
  if (typeof address !== 'string') return false;
  const short = name.split('/').at(-1) ?? name;
  const variants = new Set(
    [name, short].flatMap((text) => [text, text.replaceAll('_', '-'), text.replaceAll('-', '_')]),
  );
  return [...variants].some((variant) => {
    const at = variant === '' ? -1 : address.indexOf(variant);
    const [before = '/', after = '/'] = [address[at - 1], address[at + variant.length]];
    return at !== -1 && '/.'.includes(before) && '/.'.includes(after);
  });
}
