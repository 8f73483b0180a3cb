import { DbtError } from '../../src/diagnostics/errors.js';
import { compileTemplate, type JinjaContext, type RenderOptions, returnFunction } from '../../src/jinja/environment.js';
import {
  bindArguments,
  datetimeModule,
  decimalConstructor,
  type HostObject,
  hostFunction,
  JINJA,
  PyTuple,
  pyRepr,
  pyStr,
  toArray,
} from '../../src/jinja/values.js';

/** What a recorded case says went in. */
export interface CaseInput {
  readonly template: string;
  readonly macros?: Readonly<Record<string, string>>;
  readonly undefined?: 'strict' | 'lenient';
  /** Whether the names of dbt's objects stand for echoes: any attribute and call shows how it was come by. */
  readonly echo?: boolean;
}

/** The names that are echoes in the cases of the surface. */
const ECHOES =
  'adapter api dbt exceptions config target model this flags validation node relation modules ' +
  'dbt_utils dbt_expectations the_tuva_project dbt_date dt re obj';

/** Any attribute and any call of it give another echo; printing it shows how it was come by. */
function echo(path: string): HostObject {
  return {
    [JINJA.type]: 'Echo',
    [JINJA.attr]: (name) => (name.startsWith('_') ? undefined : echo(`${path}.${name}`)),
    [JINJA.call]: ({ positional, keyword }) => {
      const parts = [...positional.map(pyRepr), ...[...keyword].map(([name, value]) => `${name}=${pyRepr(value)}`)];
      return echo(`${path}(${parts.join(', ')})`);
    },
    [JINJA.item]: (key) => echo(`${path}[${pyRepr(key)}]`),
    [JINJA.str]: () => path,
  };
}

/** An object with attributes, some of them methods. */
function host(type: string, attributes: Record<string, unknown>, more: HostObject = {}): HostObject {
  const map = new Map(Object.entries(attributes));
  return { [JINJA.type]: type, [JINJA.attr]: (name) => map.get(name), ...more };
}

function relation(database: string, schema: string, identifier: string): HostObject {
  return host(
    'Relation',
    {
      database,
      schema,
      identifier,
      name: identifier,
      include: hostFunction('include', (args) => {
        const [withDatabase] = bindArguments('include', args, [{ name: 'database', default: true }]);
        return withDatabase === false ? `"${schema}"."${identifier}"` : `"${database}"."${schema}"."${identifier}"`;
      }),
    },
    { [JINJA.str]: () => `"${database}"."${schema}"."${identifier}"` },
  );
}

function row(names: readonly string[], values: readonly unknown[]): HostObject {
  return host(
    'Row',
    {},
    {
      [JINJA.item]: (key) => (typeof key === 'number' ? values.at(key) : values[names.indexOf(String(key))]),
      [JINJA.iter]: () => values,
      [JINJA.len]: () => values.length,
    },
  );
}

function table(names: readonly string[], rows: readonly (readonly unknown[])[]): HostObject {
  const columns = names.map((name, i) =>
    host('Column', { name, values: hostFunction('values', () => new PyTuple(rows.map((r) => r[i]))) }),
  );
  const all = rows.map((values) => row(names, values));
  return host(
    'Table',
    { columns, rows: all, column_names: new PyTuple(names) },
    {
      [JINJA.iter]: () => all,
      [JINJA.len]: () => all.length,
    },
  );
}

/** Python's regular expressions as far as the cases need them; the real module is not the Jinja engine's. */
const re = host('module', {
  match: hostFunction('match', ({ positional: [pattern, text] }) => {
    const found = new RegExp(`^(?:${pyStr(pattern)})`).exec(pyStr(text));
    return found && host('re.Match', { group: hostFunction('group', ({ positional: [i = 0] }) => found[Number(i)]) });
  }),
  sub: hostFunction('sub', ({ positional: [pattern, to, text] }) =>
    pyStr(text).replace(new RegExp(pyStr(pattern), 'g'), pyStr(to)),
  ),
});

/** The context of the recorded cases: plain data and the host objects that `recorded.json` describes. */
export function caseContext(
  data: Readonly<Record<string, unknown>>,
  macros: Readonly<Record<string, string>>,
  withEchoes = false,
): JinjaContext {
  const names = new Map<string, unknown>(Object.entries(structuredClone(data)));
  // JSON.parse can't hold it.
  if (names.has('big')) names.set('big', 9007199254740993n);
  const context: JinjaContext = { get: (name) => names.get(name), names: () => names.keys() };
  const view = host(
    'Context',
    { get: hostFunction('get', ({ positional: [name] }) => names.get(String(name)) ?? null) },
    {
      [JINJA.item]: (key) => names.get(String(key)),
    },
  );
  names.set('return', returnFunction);
  names.set('rel', relation('db', 'sch', 'tbl'));
  names.set(
    'run_query',
    hostFunction('run_query', () =>
      table(
        ['A', 'B'],
        [
          [1, 'x'],
          [2, 'y'],
        ],
      ),
    ),
  );
  names.set(
    'boom',
    hostFunction('boom', ({ positional: [message] }) => {
      throw new DbtError('jinja-runtime', pyStr(message));
    }),
  );
  names.set(
    'adapter',
    host('Adapter', {
      dispatch: hostFunction(
        'dispatch',
        ({ positional: [name] }) => names.get(`default__${String(name)}`) ?? names.get(String(name)),
      ),
      quote: hostFunction('quote', ({ positional: [name] }) => `"${pyStr(name)}"`),
    }),
  );
  names.set('context', view);
  names.set('modules', host('Modules', { re, datetime: datetimeModule() }));
  names.set('Decimal', decimalConstructor);
  names.set(
    'list_of',
    hostFunction('list_of', ({ positional }) => toArray(positional[0])),
  );
  if (withEchoes) for (const name of ECHOES.split(' ')) names.set(name, echo(name));
  for (const [name, text] of Object.entries(macros)) {
    for (const macro of compileTemplate(text, { file: `macros/${name}.sql` }).macros)
      names.set(macro.fullName, macro.bind(context));
  }
  return context;
}

/** What a case gave: a text, or an error with its line. */
export interface Outcome {
  readonly text?: string;
  readonly error?: DbtError;
}

/** Renders a case in one of the two modes. */
export async function renderCase(
  input: CaseInput,
  data: Readonly<Record<string, unknown>>,
  mode: 'sync' | 'async',
): Promise<Outcome> {
  const options: RenderOptions = { undefined: input.undefined ?? 'strict' };
  try {
    const context = caseContext(data, input.macros ?? {}, input.echo);
    const template = compileTemplate(input.template, { file: 'models/case.sql' });
    return { text: mode === 'sync' ? template.renderSync(context, options) : await template.render(context, options) };
  } catch (error) {
    if (error instanceof DbtError) return { error };
    throw error;
  }
}
