import { isAbsolute, resolve } from 'node:path';
import type { RuntimeConfig } from '../contracts/runtime-config.js';

/** The target directory, absolute. */
export function targetDirectory(config: RuntimeConfig): string {
  const { target_path: path, root } = config.project;
  return isAbsolute(path) ? path : resolve(root, path);
}

/** Where TypeScript modules are kept without their types. */
export function typescriptDirectory(config: RuntimeConfig): string {
  return resolve(targetDirectory(config), 'typescript');
}
