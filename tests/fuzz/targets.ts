import type { Target } from './target.js';
import { macros, native, rendering, syntax } from './targets/jinja.js';
import { compiling, properties, sqlFiles, state, yamlFiles } from './targets/project.js';
import { definitions, seeds, selection } from './targets/small-languages.js';
import { vars, yaml } from './targets/yaml.js';

/** All fuzzers. */
export const TARGETS: readonly Target<unknown>[] = [
  syntax,
  rendering,
  macros,
  native,
  yaml,
  vars,
  selection,
  definitions,
  seeds,
  properties,
  yamlFiles,
  sqlFiles,
  compiling,
  state,
] as readonly Target<unknown>[];

/** The fuzzer of that name. */
export function targetNamed(name: string): Target<unknown> {
  const target = TARGETS.find((one) => one.name === name);
  if (!target) throw new Error(`there is no fuzzer '${name}'; there are ${TARGETS.map((one) => one.name).join(', ')}`);
  return target;
}
