import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { COMMANDS, GLOBAL_OPTIONS, type OptionSpec } from '../../src/cli/option-table.js';
import { FLAG_TABLE } from '../../src/config/flag-table.js';

interface Recorded {
  readonly name: string;
  readonly names: readonly string[];
  readonly negated: readonly string[];
  readonly env: readonly string[];
  readonly type: string;
  readonly choices: readonly string[];
  readonly flag: boolean;
  readonly list: boolean;
  readonly default: unknown;
}

const recorded = JSON.parse(readFileSync(new URL('../cases/cli/options.recorded.json', import.meta.url), 'utf8')) as {
  readonly global: readonly Recorded[];
  readonly commands: {
    readonly [path: string]: {
      readonly arguments: readonly string[];
      readonly required: readonly string[];
      readonly options: readonly Recorded[];
    };
  };
};

/** dbt's hidden options of old names have only variables, which `flags.test` holds. */
const VARIABLES_ONLY = /^deprecated_/;
/** What dbt takes beside an option's long name, it takes for the same value. */
const namesOf = (o: OptionSpec): string[] => [o.long, ...(o.short ? [o.short] : []), ...(o.aliases ?? [])];

function sameOption(own: OptionSpec | undefined, dbt: Recorded): void {
  expect(own, `no option ${dbt.names[0]}`).toBeDefined();
  if (!own) return;
  expect(namesOf(own)).toEqual(expect.arrayContaining(dbt.names as string[]));
  expect(own.negatable === true).toBe(dbt.negated.length > 0);
  expect(own.kind === 'flag').toBe(dbt.flag);
  expect(own.kind === 'list').toBe(dbt.list);
  expect([...(own.choices ?? [])].sort()).toEqual([...dbt.choices].sort());
  expect(own.kind === 'integer').toBe(dbt.type === 'integer');
}

/** The variable of an option, and what it is without all: what `FLAG_TABLE` says. */
function sameFlag(dbt: Recorded): void {
  const flag = Object.hasOwn(FLAG_TABLE, dbt.name) ? FLAG_TABLE[dbt.name] : undefined;
  const env = flag?.env === undefined ? [] : [`DBT_ENGINE_${flag.env}`, `DBT_${flag.env}`];
  if (own(dbt)?.ignored || own(dbt)?.unsupported) return;
  expect(env).toEqual(dbt.env.length === 1 ? [] : dbt.env);
}

const all = [...GLOBAL_OPTIONS, ...COMMANDS.flatMap((c) => c.options)];
const own = (dbt: Recorded): OptionSpec | undefined => all.find((o) => dbt.names.includes(o.long));

describe('the command line has what dbt says of its own', () => {
  it.each(recorded.global.filter((o) => !VARIABLES_ONLY.test(o.name) && o.name !== 'version'))('$name', (dbt) => {
    sameOption(
      GLOBAL_OPTIONS.find((o) => dbt.names.includes(o.long)),
      dbt,
    );
    sameFlag(dbt);
  });

  for (const [path, { options, required }] of Object.entries(recorded.commands)) {
    if (options.length === 0 && required.length === 0) continue;
    describe(path, () => {
      const spec = COMMANDS.find((c) =>
        [c.path, ...(c.aliases ?? []).map((alias) => [...c.path.slice(0, -1), alias])].some(
          (own) => own.join(' ') === path,
        ),
      );
      it('is a command', () => expect(spec).toBeDefined());
      it.each(options)('$name', (dbt) => {
        sameOption(
          spec?.options.find((o) => dbt.names.includes(o.long)),
          dbt,
        );
        sameFlag(dbt);
      });
    });
  }
});
