import { configWarning } from '../../config/warnings.js';
import { asRecord } from '../../config/yaml.js';
import type { Docs, JsonObject } from '../../contracts/common.js';
import type { MacroArgument } from '../../contracts/nodes.js';
import { didYouMean } from '../../diagnostics/did-you-mean.js';
import { isArgumentType } from '../macros/argument-type.js';
import type { MacroDraft, MacroReader } from '../macros/load.js';
import { KeptUnusable } from '../partial/kept.js';
import type { ParserServices } from '../services.js';
import { object } from './columns.js';
import type { PropertiesEntry } from './file.js';
import { descriptionOf, textOf } from './normalize.js';
import { nameSpan } from './patch.js';

/** What a properties file says of a macro. */
export interface MacroPatch extends Pick<MacroDraft, (typeof PATCHED)[number]> {
  readonly unique_id: string;
}

const PATCHED = ['patch_path', 'description', 'created_at', 'meta', 'docs', 'config', 'arguments'] as const;

/** Says of a macro what was said of it before. */
export function putMacroPatch(macros: MacroReader, { unique_id: id, ...patch }: MacroPatch): void {
  const found = macros.byId(id);
  if (found?.macro.patch_path !== null) throw new KeptUnusable(`the macro ${id} is described twice`);
  Object.assign(found.macro, patch);
}

/** Gives a macro its description and arguments. */
export function patchMacro(
  services: ParserServices,
  macros: MacroReader,
  entry: PropertiesEntry,
): MacroPatch | undefined {
  const { file } = entry.file;
  const found = macros.byId(`macro.${file.packageName}.${entry.name}`);
  services.units.recorder.read('id', '', `macro.${file.packageName}.${entry.name}`);
  if (!found) {
    const hint = didYouMean(entry.name, services.macros.names());
    services.warn(
      configWarning(
        'MacroNotFoundForPatch',
        'properties-no-node',
        `Found patch for macro "${entry.name}" which was not found`,
        {
          span: nameSpan(entry),
          ...(hint ? { hint } : {}),
        },
      ),
    );
    return undefined;
  }
  const { macro } = found;
  if (macro.patch_path !== null) {
    throw entry.file.error(
      [...entry.place.path, 'name'],
      `dbt found two schema.yml entries for the same macro in package ${file.packageName} named ${entry.name}. Macros may only be described a single time.`,
      'Merge the two entries.',
    );
  }
  const config = object(entry.data['config']);
  const meta = { ...object(entry.data['meta']), ...object(config['meta']) } as JsonObject;
  const written = asRecord(config['docs']) ? object(config['docs']) : object(entry.data['docs']);
  const docs: Docs = {
    show: written['show'] !== false,
    node_color: (written['node_color'] as string | undefined) ?? null,
  };
  macro.patch_path = file.id;
  macro.description = descriptionOf(entry);
  macro.created_at = services.now();
  macro.meta = meta;
  macro.docs = docs;
  macro.config = { meta, docs };
  const described = argumentsOf(entry);
  if (services.config.flags.behavior['validate_macro_args'] !== true) macro.arguments = described;
  else if (described.length > 0) {
    checkArguments(services, macro, described, entry);
    macro.arguments = described;
  }
  const patch = Object.fromEntries(PATCHED.map((key) => [key, macro[key]]));
  return { unique_id: macro.unique_id, ...patch } as MacroPatch;
}

/** dbt's flag `validate_macro_args`: names, number and types of the arguments against the macro's definition. */
function checkArguments(
  services: ParserServices,
  { name, arguments: own }: MacroDraft,
  described: readonly MacroArgument[],
  entry: PropertiesEntry,
): void {
  const warn = (path: readonly (string | number)[], message: string): void => {
    const span = entry.file.document.span(
      [...entry.place.path, 'arguments', ...path],
      path.length > 0 ? 'value' : 'key',
    );
    services.warn(configWarning('InvalidMacroAnnotation', 'properties-macro-argument', message, { span }));
  };
  described.forEach((argument, i) => {
    if (i < own.length && own[i]?.name !== argument.name)
      warn([i, 'name'], `Argument ${argument.name} in yaml for macro ${name} does not match the jinja definition.`);
  });
  if (described.length !== own.length)
    warn([], `The number of arguments in the yaml for macro ${name} does not match the jinja definition.`);
  described.forEach((argument, i) => {
    if (argument.type !== null && argument.type.trim() !== '' && !isArgumentType(argument.type))
      warn([i, 'type'], `Argument ${argument.name} in the yaml for macro ${name} has an invalid type.`);
  });
}

function argumentsOf(entry: PropertiesEntry): MacroArgument[] {
  const list = entry.data['arguments'];
  if (list === undefined || list === null) return [];
  const fail = (path: readonly (string | number)[], message: string): Error =>
    entry.file.error(
      [...entry.place.path, ...path],
      `Invalid macros config given in ${entry.file.file.original} @ macros: ${message}`,
    );
  if (!Array.isArray(list)) throw fail(['arguments'], 'arguments must be a list');
  return list.map((item, i) => {
    const data = asRecord(item);
    if (!data || typeof data['name'] !== 'string') throw fail(['arguments', i], "'name' is a required property");
    return {
      name: data['name'],
      type: textOf(data, 'type'),
      description: descriptionOf(entry, data, ['arguments', i]),
    };
  });
}
