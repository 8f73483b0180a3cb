import { readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { DbtError } from '../diagnostics/errors.js';
import { readYaml, type YamlDocument, type YamlOptions } from './yaml.js';

/** A path as diagnostics show it: relative to the project with `/`; absolute when it lies elsewhere. */
export function displayPath(path: string, root: string): string {
  const inside = relative(root, path);
  const shown = inside === '' ? '.' : inside.startsWith('..') ? path : inside;
  return shown.split(sep).join('/');
}

/** Whether there is a file (or a link to one). */
export function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** Whether there is a directory (or a link to one). */
export function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** Reads a YAML file of a directory; undefined when there is none. `root` is what diagnostics are relative to. */
export function readYamlFile(
  directory: string,
  name: string,
  root: string,
  options?: YamlOptions,
): YamlDocument | undefined {
  const path = join(directory, name);
  if (!isFile(path)) return undefined;
  const file = displayPath(path, root);
  const bytes = readFileSync(path);
  let text: string;
  try {
    // The decoder keeps the byte order mark, as Python does.
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new DbtError('yaml-syntax', `${file} is not UTF-8`, {
      span: { file, line: 1, column: 1 },
      hint: 'Save the file in the UTF-8 encoding.',
      cause,
    });
  }
  return readYaml(text, file, options);
}
