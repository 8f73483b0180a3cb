import { Chalk } from 'chalk';
import type { Paint } from './level.js';

/** No colours. */
export const PLAIN: Paint = {
  red: (text) => text,
  green: (text) => text,
  yellow: (text) => text,
  dim: (text) => text,
  bold: (text) => text,
};

const chalk = new Chalk({ level: 1 });

/** The terminal's own red, green and yellow. */
export const COLORED: Paint = {
  red: (text) => chalk.red(text),
  green: (text) => chalk.green(text),
  yellow: (text) => chalk.yellow(text),
  dim: (text) => chalk.dim(text),
  bold: (text) => chalk.bold(text),
};

/**
 * Whether the console gets colours: `--use-colors`/`--no-use-colors` decide; without them NO_COLOR and FORCE_COLOR do,
 * then whether it is a terminal.
 */
export function wantsColors(
  flag: boolean | null,
  env: { readonly [name: string]: string | undefined },
  isTerminal: boolean,
): boolean {
  if (flag !== null) return flag;
  if (env['NO_COLOR']) return false;
  if (env['FORCE_COLOR'] && env['FORCE_COLOR'] !== '0') return true;
  return isTerminal && env['TERM'] !== 'dumb';
}
