import { dirname, join, resolve } from 'node:path';
import { DbtError } from '../diagnostics/errors.js';
import { dictGet, isDict } from '../jinja/values.js';
import { displayPath, isFile, readYamlFile } from './read-file.js';
import { putKey, type YamlDict } from './yaml/mapping.js';
import type { YamlDocument } from './yaml.js';

export const PROJECT_FILE = 'dbt_project.yml';

/** A dbt_project.yml as read: not rendered, not validated. */
export interface ProjectFile {
  readonly document: YamlDocument;
  /** Its mapping; `tests` is called `data_tests` unless both are there. */
  readonly raw: YamlDict;
  /** The directory, absolute. */
  readonly root: string;
}

/** The working directory or the nearest directory above it with a dbt_project.yml; the working directory without one. */
export function nearestProjectDir(cwd: string): string {
  for (let directory = resolve(cwd); ; directory = dirname(directory)) {
    if (isFile(join(directory, PROJECT_FILE))) return directory;
    if (dirname(directory) === directory) return resolve(cwd);
  }
}

/**
 * Reads a project's dbt_project.yml. `displayRoot` is the directory that diagnostics are relative to. Throws
 * `project-missing`, `project-invalid` (no mapping) and `yaml-syntax`.
 */
export function readProjectFile(root: string, displayRoot = root): ProjectFile {
  const document = readYamlFile(root, PROJECT_FILE, displayRoot, { dates: 'values' });
  if (!document) {
    const path = join(root, PROJECT_FILE);
    throw new DbtError('project-missing', `No ${PROJECT_FILE} found at expected path ${path}`, {
      span: { file: displayPath(path, displayRoot), line: 1, column: 1 },
      hint: 'Run tsdbt in the directory of the project, or give it with --project-dir.',
      sourceText: '',
    });
  }
  if (!isDict(document.value)) {
    throw new DbtError('project-invalid', `${document.file} does not parse to a dictionary`, {
      span: { file: document.file, line: 1, column: 1 },
      sourceText: document.text,
      hint: "It must at least have a name: 'name: my_project'.",
    });
  }
  return { document, raw: renameTests(document.value as YamlDict), root };
}

/** `tests:` is the old name of `data_tests:`. */
function renameTests(dict: YamlDict): YamlDict {
  const tests = dictGet(dict, 'tests');
  if (tests === undefined || dictGet(dict, 'data_tests') !== undefined) return dict;
  let out: YamlDict = {};
  const entries = Symbol.iterator in dict ? dict : Object.entries(dict);
  for (const [key, value] of entries) if (key !== 'tests') out = putKey(out, key, value);
  return putKey(out, 'data_tests', tests);
}
