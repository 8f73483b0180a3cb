import type { Manifest } from '../../../contracts/manifest.js';
import { DbtError } from '../../../diagnostics/errors.js';
import { fnmatch } from '../fnmatch.js';
import { idsWhere, type SelectorMethod, textValue } from '../method.js';

/**
 * `path:models/staging`, `path:models/*.sql`, `path:models/**\/schema.yml`: what is defined or described in the files
 * that the pattern matches, or lies in a directory that it matches. Relative to the project's root; `**` is any number
 * of directories. As in dbt only paths that the root project has count, and a package's node with the same path within
 * its package is selected with them.
 */
export const path: SelectorMethod = ({ manifest, resources }, value) => {
  const pattern = parsePattern(textValue(value, 'path'));
  const known = rootPaths(manifest);
  const verdicts = new Map<string, boolean>();
  const matched = (candidate: string, isFile: boolean): boolean => {
    let verdict = verdicts.get(candidate);
    if (verdict === undefined) {
      verdict =
        known.has(candidate) &&
        !(isFile && pattern.directoriesOnly) &&
        matchSegments(candidate.split('/'), 0, pattern.segments, 0);
      verdicts.set(candidate, verdict);
    }
    return verdict;
  };
  return idsWhere(resources.all, (resource) => {
    const own = resource.original_file_path;
    if (matched(own, true)) return true;
    const described = resource.patch_path?.split('://')[1];
    if (described && matched(described, true)) return true;
    return parentsOf(own).some((parent) => matched(parent, false)) || matchSegments([], 0, pattern.segments, 0);
  });
};

interface Pattern {
  readonly segments: readonly string[];
  readonly directoriesOnly: boolean;
}

function parsePattern(value: string): Pattern {
  const segments = value.split('/').filter((segment) => segment !== '' && segment !== '.');
  if (value.startsWith('/') || segments.length === 0) {
    throw new DbtError('selector-invalid', `Invalid path selector value "${value}"`, {
      hint: "Write a path relative to the project's root, e.g. path:models/staging.",
    });
  }
  if (segments.some((segment) => segment.includes('**') && segment !== '**')) {
    throw new DbtError('selector-invalid', `Invalid path selector value "${value}"`, {
      hint: "'**' stands for whole directories: models/**/*.sql.",
    });
  }
  return { segments, directoriesOnly: value.endsWith('/') || segments.at(-1) === '**' };
}

function matchSegments(names: readonly string[], name: number, pattern: readonly string[], part: number): boolean {
  const wanted = pattern[part];
  if (wanted === undefined) return name === names.length;
  if (wanted === '**') {
    for (let skip = name; skip <= names.length; skip++) if (matchSegments(names, skip, pattern, part + 1)) return true;
    return false;
  }
  const current = names[name];
  return current !== undefined && fnmatch(current, wanted) && matchSegments(names, name + 1, pattern, part + 1);
}

function parentsOf(file: string): string[] {
  const out: string[] = [];
  for (let slash = file.lastIndexOf('/'); slash > 0; slash = file.lastIndexOf('/', slash - 1)) {
    out.push(file.slice(0, slash));
  }
  return out;
}

/** The files of the root project that define or describe something, and the directories above them. */
function rootPaths(manifest: Manifest): ReadonlySet<string> {
  const root = manifest.metadata.project_name;
  const known = new Set<string>();
  const add = (file: string): void => {
    if (known.has(file)) return;
    known.add(file);
    for (const parent of parentsOf(file)) known.add(parent);
  };
  const { nodes, sources, macros, docs, exposures, metrics, groups } = manifest;
  const { saved_queries, semantic_models, unit_tests, functions, disabled } = manifest;
  for (const part of [nodes, sources, macros, docs, exposures, metrics, groups, saved_queries, semantic_models]) {
    for (const resource of Object.values(part)) visit(resource);
  }
  for (const part of [unit_tests, functions]) for (const resource of Object.values(part)) visit(resource);
  for (const definitions of Object.values(disabled)) for (const resource of definitions) visit(resource);
  return known;

  function visit(resource: {
    readonly package_name: string;
    readonly original_file_path: string;
    readonly patch_path?: string | null;
  }): void {
    if (resource.package_name === root) add(resource.original_file_path);
    const [owner, described] = resource.patch_path?.split('://') ?? [];
    if (owner === root && described) add(described);
  }
}
