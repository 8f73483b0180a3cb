import { Command, CommanderError, Option } from 'commander';
import type { Which } from '../contracts/flags.js';
import { didYouMean } from '../diagnostics/did-you-mean.js';
import { DbtError } from '../diagnostics/errors.js';
import { COMMANDS, type CommandSpec, GLOBAL_OPTIONS, type OptionSpec } from './option-table.js';

/** The options that were given, by the name of the flag; `vars` and `warn_error_options` still as YAML text. */
export interface GivenOptions {
  readonly [key: string]: boolean | string | number | readonly string[];
}

/** What the command line asks for. */
export type ParsedArgs =
  | { readonly kind: 'command'; readonly which: Which; readonly given: GivenOptions; readonly path: readonly string[] }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'version' };

const VERSION = ['--version', '-v', '-V'];

/**
 * Reads a command line (without node and script). Throws a DbtError `cli-usage` for what is not there, and
 * `cli-unsupported` for what dbt has and tsdbt has not.
 */
export function parseArgv(args: readonly string[]): ParsedArgs {
  if (args.some((arg) => VERSION.includes(arg)) && !args.includes('--')) return { kind: 'version' };
  const out: string[] = [];
  let parsed: ParsedArgs | null = null;
  const program = buildProgram(out, (spec, given) => {
    parsed = { kind: 'command', which: spec.which as Which, given, path: spec.path };
  });
  try {
    program.parse(splitLists(args.map(inFull)), { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === 'commander.helpDisplayed') return { kind: 'text', text: out.join('') };
    // Nothing was asked for.
    if (error.code === 'commander.help') return { kind: 'text', text: program.helpInformation() };
    throw usageError(error, args);
  }
  return parsed ?? { kind: 'text', text: program.helpInformation() };
}

function buildProgram(out: string[], done: (spec: CommandSpec, given: GivenOptions) => void): Command {
  const program = prepare(new Command('tsdbt'), out)
    .usage('[options] <command> [options]')
    .description('Compile and run dbt projects on DuckDB.')
    .option('-v, --version', 'Print the version.')
    .helpCommand(false);
  addOptions(program, GLOBAL_OPTIONS);
  const groups = new Map<string, Command>();
  for (const spec of COMMANDS) {
    const command = prepare(new Command(spec.path.at(-1)), out).description(spec.help);
    for (const alias of spec.aliases ?? []) command.alias(alias);
    addOptions(command, spec.options);
    addOptions(command, GLOBAL_OPTIONS, true);
    command.addHelpText('after', "\nOptions of all commands: 'tsdbt --help'.");
    const [first] = spec.path;
    const parent = spec.path.length === 1 ? program : group(groups, first ?? '', program, out, done);
    if (spec.argument) command.argument(`<${spec.argument}>`);
    if (spec.optionalArgument) command.argument(`[${spec.optionalArgument}]`);
    command.action(() => {
      const given = collect(spec, program, parent, command);
      const argument = spec.argument ?? spec.optionalArgument;
      const [value] = command.args;
      done(spec, argument && value !== undefined ? { ...given, [argument]: value } : given);
    });
    parent.addCommand(command);
  }
  return program;
}

/** `docs`, a group that is a command by itself too, and `source`, which is not. */
function group(
  groups: Map<string, Command>,
  name: string,
  program: Command,
  out: string[],
  done: (spec: CommandSpec, given: GivenOptions) => void,
): Command {
  const known = groups.get(name);
  if (known) return known;
  const subs = COMMANDS.filter((c) => c.path[0] === name);
  const spec = subs.find((c) => c.path[1] === 'generate');
  const command = prepare(new Command(name), out).description(
    spec ? 'Generate the documentation site and say where it is; see also its sub-commands.' : (subs[0]?.help ?? ''),
  );
  addOptions(command, [...(spec?.options ?? []), ...GLOBAL_OPTIONS], true);
  command
    .usage(`[options] ${spec ? '[' : '<'}${subs.map((c) => c.path[1]).join('|')}${spec ? ']' : '>'}`)
    .argument('[command]')
    .action((sub: string | undefined) => {
      if (sub !== undefined) {
        const names = command.commands.map((c) => c.name());
        const hint = didYouMean(sub, names) ?? `There are: ${names.join(', ')}.`;
        throw new DbtError('cli-usage', `unknown command '${name} ${sub}'`, { hint });
      }
      if (!spec) {
        const hint = `'tsdbt ${name} ${subs[0]?.path[1] ?? ''}' is there.`;
        throw new DbtError('cli-usage', `'${name}' needs a command`, { hint });
      }
      done({ ...spec, path: [name] }, collect(spec, program, command));
    });
  program.addCommand(command);
  groups.set(name, command);
  return command;
}

function prepare(command: Command, out: string[]): Command {
  return command
    .exitOverride()
    .enablePositionalOptions()
    .showSuggestionAfterError(false)
    .helpOption('-h, --help', 'Print this.')
    .configureOutput({ writeOut: (text) => out.push(text), writeErr: () => {}, getOutHelpWidth: () => 100 });
}

function addOptions(command: Command, specs: readonly OptionSpec[], hidden = false): void {
  for (const spec of specs) {
    if (command.options.some((o) => o.long === spec.long)) continue;
    for (const option of optionsOf(spec)) {
      if (hidden || spec.hidden || spec.unsupported) option.hideHelp();
      const shortTaken = command.options.some((o) => o.short !== undefined && o.short === option.short);
      if (!shortTaken) command.addOption(option);
    }
  }
}

/** Commander options for a row of the table: aliases are hidden options of the same value. */
function optionsOf(spec: OptionSpec): Option[] {
  const value = spec.kind === 'flag' ? '' : spec.kind === 'list' ? ` <${spec.value}...>` : ` <${spec.value}>`;
  const make = (flags: string): Option => {
    const other = spec.negatable ? spec.long.replace('--', '--no-') : spec.shorthand?.[0];
    const negation = other === undefined ? '' : ` [${other}]`;
    const option = new Option(`${flags}${value}`, `${spec.help}${negation}`);
    option.argParser((text: string, before: unknown) => parseValue(spec, flags, text, before));
    return option;
  };
  const main = make(spec.short ? `${spec.short}, ${spec.long}` : spec.long);
  const options = [main];
  for (const alias of spec.aliases ?? []) options.push(make(alias).hideHelp());
  if (spec.negatable) options.push(new Option(spec.long.replace('--', '--no-'), spec.help).hideHelp());
  return options;
}

function parseValue(spec: OptionSpec, flags: string, text: string, before: unknown): unknown {
  const bad = (why: string): DbtError => new DbtError('cli-usage', `invalid value for '${flags}': ${why}`);
  switch (spec.kind) {
    case 'integer':
      if (!/^[+-]?\d+$/.test(text.trim())) throw bad(`'${text}' is not a valid integer`);
      return Number(text);
    case 'choice': {
      const choice = spec.choices?.find((c) => c === text.toLowerCase());
      if (choice === undefined) throw badChoice(spec, flags, text);
      return choice;
    }
    case 'list': {
      // As in dbt, a blank in a value is what a blank between values is.
      const items = spec.choices ? text.split(/\s+/).filter((t) => t !== '') : text.split(' ');
      for (const item of items) {
        if (spec.choices && !spec.choices.includes(item.toLowerCase())) throw badChoice(spec, flags, item);
      }
      return [...((before as string[] | undefined) ?? []), ...items];
    }
    default:
      return text;
  }
}

function badChoice(spec: OptionSpec, flags: string, text: string): DbtError {
  const choices = spec.choices ?? [];
  const list = choices.map((c) => `'${c}'`).join(', ');
  return new DbtError('cli-usage', `invalid value for '${flags}': '${text}' is not one of ${list}`, {
    hint: didYouMean(text, choices),
  });
}

/** The values of all levels, the innermost last, under the keys of the table. */
function collect(wanted: CommandSpec, ...commands: readonly Command[]): GivenOptions {
  const given: { [key: string]: boolean | string | number | readonly string[] } = {};
  const own = new Set(commands);
  for (const command of own) {
    const spec = (key: string): OptionSpec | undefined =>
      wanted.options.find((o) => attributeOf(o.long) === key) ?? SPEC_BY_ATTRIBUTE.get(key);
    for (const [attribute, value] of Object.entries(command.opts())) {
      const option = spec(attribute);
      if (!option || value === undefined || command.getOptionValueSource(attribute) !== 'cli') continue;
      if (option.unsupported && value !== false) {
        throw new DbtError('cli-unsupported', `tsdbt can't do '${option.long}': ${option.unsupported}`);
      }
      if (option.ignored) continue;
      const key = attribute === 'models' && command.name() === 'ls' ? 'models' : option.key;
      if (attribute === 'models' || attribute === 'model' || attribute === 'm') given['models_used'] = true;
      const known = given[key];
      given[key] = Array.isArray(known) && Array.isArray(value) ? [...known, ...value] : value;
    }
  }
  return given;
}

const SPEC_BY_ATTRIBUTE: ReadonlyMap<string, OptionSpec> = new Map(
  [...COMMANDS.flatMap((c) => c.options), ...GLOBAL_OPTIONS].flatMap((spec) =>
    [spec.long, ...(spec.aliases ?? [])].map((name) => [attributeOf(name), spec] as const),
  ),
);

/** Commander's name of an option's value: `--select-x` is `selectX`. */
function attributeOf(name: string): string {
  return name.replace(/^-+/, '').replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

const LIST_OPTIONS: ReadonlySet<string> = new Set(
  COMMANDS.flatMap((c) => c.options)
    .filter((o) => o.kind === 'list')
    .flatMap((o) => [o.long, ...(o.short ? [o.short] : []), ...(o.aliases ?? [])]),
);

/** `--select=a b` takes `b` too, as in dbt: the equals sign of a list option is a blank. */
function splitLists(args: readonly string[]): string[] {
  return args.flatMap((arg) => {
    const at = arg.indexOf('=');
    return at > 0 && LIST_OPTIONS.has(arg.slice(0, at)) ? [arg.slice(0, at), arg.slice(at + 1)] : [arg];
  });
}

const SHORTHANDS: ReadonlyMap<string, string> = new Map(
  [...COMMANDS.flatMap((c) => c.options), ...GLOBAL_OPTIONS].flatMap((o) =>
    o.shorthand ? [[o.shorthand[0], `${o.long}=${o.shorthand[1]}`] as const] : [],
  ),
);

function inFull(arg: string): string {
  return SHORTHANDS.get(arg) ?? arg;
}

function usageError(error: CommanderError, args: readonly string[]): DbtError {
  const message = error.message.replace(/^error: /, '');
  const commandName = args.find((arg) => COMMANDS.some((c) => c.path[0] === arg || c.aliases?.includes(arg)));
  const help = commandName ? `'tsdbt ${commandName} --help' lists the options.` : "'tsdbt --help' lists the commands.";
  const quoted = /'([^']+)'/.exec(message)?.[1] ?? '';
  let near: string | undefined;
  if (error.code === 'commander.unknownOption') {
    const spec = COMMANDS.find((c) => c.path[0] === commandName || c.aliases?.includes(commandName ?? ''));
    const options = [...(spec?.options ?? []), ...GLOBAL_OPTIONS].filter((o) => !o.hidden);
    const names = options.flatMap((o) => [
      o.long,
      ...(o.aliases ?? []),
      ...(o.negatable ? [o.long.replace('--', '--no-')] : []),
      ...(o.shorthand ? [o.shorthand[0]] : []),
    ]);
    near = didYouMean(quoted, names);
    if (names.includes(quoted)) near = `It goes behind the command: 'tsdbt ${commandName} ${quoted} …'.`;
  } else if (error.code === 'commander.excessArguments') {
    near = 'Several nodes go behind --select.';
  } else if (error.code === 'commander.unknownCommand') {
    const names = COMMANDS.flatMap((c) => [c.path[0] ?? '', ...(c.aliases ?? [])]);
    near = didYouMean(quoted || (args[0] ?? ''), names);
  }
  return new DbtError('cli-usage', message, { hint: near ? `${near} ${help}` : help });
}
