import { type Dirent, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { relative } from 'node:path';
import type { ProjectConfig } from '../../contracts/runtime-config.js';
import { type IgnoreRule, ignoreRule } from './ignore.js';
import { SourceFile } from './source-file.js';
import { JINJA_EXTENSIONS, joinPath } from './text.js';

/** The files of one package by what they are for. */
export interface PackageFiles {
  readonly macros: readonly SourceFile[];
  readonly models: readonly SourceFile[];
  readonly snapshots: readonly SourceFile[];
  readonly analyses: readonly SourceFile[];
  readonly singularTests: readonly SourceFile[];
  readonly genericTests: readonly SourceFile[];
  readonly seeds: readonly SourceFile[];
  readonly docs: readonly SourceFile[];
  readonly properties: readonly SourceFile[];
  readonly fixtures: readonly SourceFile[];
  readonly functions: readonly SourceFile[];
}

export interface FindOptions {
  /** dbt 1.12's flag `allow_jinja_file_extensions`: `.sql` and `.md` may be followed by `.j2`, `.jinja2` or `.jinja`. */
  readonly jinjaExtensions?: boolean;
}

/**
 * Finds the files of a package under its configured paths. Each directory is listed once; the order is by name, the
 * files of a directory before those of its subdirectories.
 */
export function findPackageFiles(project: ProjectConfig, projectRoot: string, options: FindOptions = {}): PackageFiles {
  const finder = new Finder(project, projectRoot, options);
  const all = unique([
    ...project.model_paths,
    ...project.seed_paths,
    ...project.snapshot_paths,
    ...project.analysis_paths,
    ...project.macro_paths,
    ...project.test_paths,
    ...project.function_paths,
  ]);
  return {
    macros: finder.find(project.macro_paths, ['.sql']),
    models: finder.find(project.model_paths, ['.sql', '.py', '.ts']).filter((f) => !/\.d\.ts$/i.test(f.relative)),
    snapshots: finder.find(project.snapshot_paths, ['.sql']),
    analyses: finder.find(project.analysis_paths, ['.sql']),
    singularTests: finder
      .find(project.test_paths, ['.sql'])
      .filter((f) => !/^(?:generic|fixtures)(?:\/|$)/.test(f.relative)),
    genericTests: finder.find(
      project.test_paths.map((p) => joinPath(p, 'generic')),
      ['.sql'],
    ),
    seeds: finder.find(project.seed_paths, ['.csv']),
    docs: finder.find(project.docs_paths, ['.md']),
    properties: finder.find(all, ['.yml', '.yaml']),
    fixtures: finder.find(
      project.test_paths.map((p) => joinPath(p, 'fixtures')),
      ['.csv', '.sql'],
    ),
    functions: finder.find(project.function_paths, ['.sql', '.py']),
  };
}

/** The `.sql` files below a directory, as macros of an internal package. */
export function findMacroFiles(packageName: string, root: string): readonly SourceFile[] {
  return listFiles(joinPath(root, 'macros'))
    .filter((path) => matches(path, '.sql'))
    .map((path) => new SourceFile({ packageName, root, searched: 'macros', relative: path }));
}

class Finder {
  readonly #project: ProjectConfig;
  readonly #jinjaExtensions: boolean;
  readonly #ignored: IgnoreRule;
  readonly #displayPrefix: string;
  readonly #listed = new Map<string, readonly string[]>();
  readonly #files = new Map<string, SourceFile>();

  constructor(project: ProjectConfig, projectRoot: string, options: FindOptions) {
    this.#project = project;
    this.#jinjaExtensions = options.jinjaExtensions === true;
    const ignoreFile = joinPath(project.root, '.dbtignore');
    this.#ignored = existsSync(ignoreFile) ? ignoreRule(readFileSync(ignoreFile, 'utf8')) : () => false;
    const prefix = relative(projectRoot, project.root).replaceAll('\\', '/');
    this.#displayPrefix = prefix === '' ? '' : `${prefix}/`;
  }

  find(directories: readonly string[], extensions: readonly string[]): SourceFile[] {
    const found: SourceFile[] = [];
    for (const extension of this.#jinjaExtensions ? extensions.flatMap(withJinja) : extensions) {
      for (const searched of directories) {
        for (const path of this.#list(searched)) {
          if (matches(path, extension)) found.push(this.#file(searched, path));
        }
      }
    }
    return found;
  }

  #list(searched: string): readonly string[] {
    let files = this.#listed.get(searched);
    if (!files) {
      files = listFiles(joinPath(this.#project.root, searched)).filter(
        (path) => !this.#ignored(joinPath(searched, path)),
      );
      this.#listed.set(searched, files);
    }
    return files;
  }

  #file(searched: string, path: string): SourceFile {
    const key = `${searched}\0${path}`;
    let file = this.#files.get(key);
    if (!file) {
      file = new SourceFile({
        packageName: this.#project.project_name,
        root: this.#project.root,
        searched,
        relative: path,
        displayPrefix: this.#displayPrefix,
      });
      this.#files.set(key, file);
    }
    return file;
  }
}

/** The endings that stand for one of a template, itself included. */
function withJinja(extension: string): string[] {
  if (extension !== '.sql' && extension !== '.md') return [extension];
  return ['', ...JINJA_EXTENSIONS].map((jinja) => extension + jinja);
}

/** Extension without regard to case, and no temporary or hidden file. */
function matches(path: string, extension: string): boolean {
  if (!path.toLowerCase().endsWith(extension)) return false;
  const first = path[path.lastIndexOf('/') + 1] ?? '';
  const name = path.length - path.lastIndexOf('/') - 1;
  return name > extension.length && first !== '.' && first !== '#' && first !== '~';
}

/** Every file below a directory, relative to it; none when it does not exist. Links to directories are not followed. */
function listFiles(directory: string): string[] {
  const found: string[] = [];
  const visit = (path: string, prefix: string): void => {
    let entries: Dirent[];
    try {
      entries = readdirSync(path, { withFileTypes: true });
    } catch (error) {
      if (prefix === '' && isMissing(error)) return;
      throw error;
    }
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      if (entry.isFile() || (entry.isSymbolicLink() && isFile(joinPath(path, entry.name))))
        found.push(prefix + entry.name);
    }
    for (const entry of entries) {
      if (entry.isDirectory()) visit(joinPath(path, entry.name), `${prefix}${entry.name}/`);
    }
  };
  visit(directory, '');
  return found;
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function isMissing(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'ENOENT' || code === 'ENOTDIR';
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}
