import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { COMMANDS, type CommandSpec, GLOBAL_OPTIONS, type OptionSpec } from '../../src/cli/option-table.js';
import { FLAG_TABLE } from '../../src/config/flag-table.js';
import { cell } from '../compatibility/markdown.js';

const docs = fileURLToPath(new URL('../../docs', import.meta.url));

function optionRow(option: OptionSpec): string {
  const value = option.kind === 'flag' ? '' : ` <${option.value}${option.kind === 'list' ? ' …' : ''}>`;
  const names = [option.long, ...(option.negatable ? [option.long.replace('--', '--no-')] : [])];
  const more = [...(option.short ? [option.short] : []), ...(option.aliases ?? [])];
  const shown = [`\`${names.join(' / ')}${value}\``, ...more.map((name) => `\`${name}\``)].join(', ');
  const flag = Object.hasOwn(FLAG_TABLE, option.key) ? FLAG_TABLE[option.key] : undefined;
  const choices = option.choices ? ` One of ${option.choices.join(', ')}.` : '';
  const standard =
    flag && ['string', 'number'].includes(typeof flag.default) ? ` Without it ${String(flag.default)}.` : '';
  const where = [...(flag?.env ? [`\`DBT_${flag.env}\``] : []), ...(flag?.project ? ['`flags:`'] : [])].join(', ');
  return `| ${shown} | ${cell(`${option.help}${choices}${standard}`)} | ${where} |`;
}

function table(options: readonly OptionSpec[]): string[] {
  const shown = options.filter((o) => !o.hidden);
  if (shown.length === 0) return [];
  return ['', '| option | what it does | also by |', '| --- | --- | --- |', ...shown.map(optionRow)];
}

function section(command: CommandSpec): string[] {
  const { path, aliases = [], argument, optionalArgument, help, options } = command;
  const rest = argument ? ` <${argument}>` : optionalArgument ? ` [${optionalArgument}]` : '';
  const also = aliases.map((alias) => `\`${[...path.slice(0, -1), alias].join(' ')}\``).join(', ');
  const ignored = options.filter((o) => o.ignored).map((o) => `\`${o.long}\``);
  return [
    '',
    `## tsdbt ${path.join(' ')}${rest}`,
    '',
    `${help}${also ? ` Also ${also}.` : ''}`,
    ...table(options),
    ...(ignored.length > 0 ? ['', `Accepted without effect: ${ignored.join(', ')}.`] : []),
  ];
}

function page(): string {
  const ignored = GLOBAL_OPTIONS.filter((o) => o.ignored).map((o) => `\`${o.long}\``);
  const refused = GLOBAL_OPTIONS.filter((o) => o.unsupported).map((o) => `\`${o.long}\` (${o.unsupported})`);
  return `${[
    '# Commands',
    '',
    'Generated from the table of options (`src/cli/option-table.ts`); `npx vitest run tests/cli/commands-doc.test.ts -u` renews it. The names are',
    "dbt's: a test holds the table to what dbt says of its own command line.",
    '',
    'The command line goes before the environment (`DBT_ENGINE_<NAME>`, then `DBT_<NAME>`), that before `flags:` of dbt_project.yml, that before',
    'the default. Exit status 0 is success, 1 a failure with results (a model or test that failed, `debug`, `init --from-dbt`), 2 an error without',
    '(a project that does not parse, a wrong command line).',
    '',
    '## Options of all commands',
    '',
    'They are taken before the command and behind it.',
    ...table(GLOBAL_OPTIONS),
    '',
    `Accepted without effect: ${ignored.join(', ')}. Refused: ${refused.join(', ')}.`,
    ...COMMANDS.flatMap(section),
  ].join('\n')}\n`;
}

it('docs/commands.md is current', async () => {
  await expect(page()).toMatchFileSnapshot(join(docs, 'commands.md'));
});
