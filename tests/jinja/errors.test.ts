import { describe, expect, it } from 'vitest';
import { DbtError, InternalError } from '../../src/diagnostics/errors.js';
import { formatSpan } from '../../src/diagnostics/span.js';
import { compileMacros } from '../../src/jinja/blocks.js';
import { type BoundMacro, compileTemplate, type JinjaContext, returnFunction } from '../../src/jinja/environment.js';
import { hostFunction } from '../../src/jinja/values.js';

function contextOf(macros: string, more: Record<string, unknown> = {}): JinjaContext {
  const names = new Map<string, unknown>(Object.entries({ return: returnFunction, ...more }));
  const context: JinjaContext = { get: (name) => names.get(name), names: () => names.keys() };
  for (const macro of compileMacros(macros, { file: 'macros/m.sql' })) names.set(macro.fullName, macro.bind(context));
  return context;
}

async function failure(text: string, context: JinjaContext, mode: 'sync' | 'async'): Promise<DbtError> {
  const template = compileTemplate(text, { file: 'models/a.sql' });
  try {
    if (mode === 'sync') template.renderSync(context);
    else await template.render(context);
  } catch (error) {
    if (error instanceof DbtError) return error;
    throw error;
  }
  throw new Error('it did not fail');
}

const MACROS = `{% macro inner(x) %}
  {{ x.y.z }}
{% endmacro %}
{% macro outer(x) %}
  {{ inner(x) }}
{% endmacro %}
{% macro wrap() %}{{ caller() }}{% endmacro %}`;

describe.each(['sync', 'async'] as const)('errors, %s', (mode) => {
  it('name the place and the macros on the way, innermost first', async () => {
    const error = await failure('select\n{{ outer({}) }}', contextOf(MACROS), mode);
    expect(error.message).toBe("'dict object' has no attribute 'y'");
    const { span, notes } = error.diagnostic;
    expect(span && formatSpan(span)).toBe('macros/m.sql:2:10');
    expect(notes?.map((note) => [note.message, note.span && formatSpan(note.span)])).toEqual([
      ["in macro 'inner'", 'macros/m.sql:2:10'],
      ["in macro 'outer'", 'macros/m.sql:5:6'],
      ['called from models/a.sql', 'models/a.sql:2:4'],
    ]);
  });

  it('suggest a name that is close', async () => {
    const error = await failure('{{ outre({}) }}', contextOf(MACROS), mode);
    expect(error.code).toBe('jinja-undefined');
    expect(error.message).toBe("'outre' is undefined");
    expect(error.diagnostic.hint).toContain("'outer'");
  });

  it('suggest a filter that is close', async () => {
    const error = await failure("{{ 'a' | uper }}", contextOf(''), mode);
    expect(error.code).toBe('jinja-filter-unknown');
    expect(error.diagnostic.hint).toContain("'upper'");
    expect(error.diagnostic.span).toMatchObject({ line: 1, column: 10 });
  });

  it('of a host function get the place of the call, and keep their own', async () => {
    const boom = hostFunction('boom', () => {
      throw new DbtError('jinja-runtime', 'no table');
    });
    const placed = hostFunction('placed', () => {
      throw new DbtError('jinja-runtime', 'bad sql', { span: { file: 'x.sql', line: 9, column: 1 }, hint: 'h' });
    });
    const context = contextOf('', { boom, placed });
    const first = await failure('a\n  {{ boom() }}', context, mode);
    expect(first.diagnostic.span).toMatchObject({ file: 'models/a.sql', line: 2, column: 6 });
    const second = await failure('a\n  {{ placed() }}', context, mode);
    expect(second.diagnostic).toMatchObject({ span: { file: 'x.sql', line: 9 }, hint: 'h' });
  });

  it('tell columns of operators, accesses and calls in expressions over several lines', async () => {
    const at = async (text: string): Promise<string> => {
      const { span } = (await failure(text, contextOf(''), mode)).diagnostic;
      return `${span?.line}:${span?.column}`;
    };
    expect(await at('{{ 1 + 2\n + [3] }}')).toBe('1:4');
    expect(await at('{{ [1,\n  2 / 0] }}')).toBe('2:3');
    expect(await at("{{ 'a'.upper()\n  .nosuch() }}")).toBe('1:4');
    expect(await at('{% set x = 1 %}\n{% if x < "a" %}{% endif %}')).toBe('2:7');
    expect(await at('{% for a, b in [1] %}{% endfor %}')).toBe('1:8');
  });

  it('in a call block name it', async () => {
    const error = await failure('{% call wrap() %}\n{{ zz.x }}{% endcall %}', contextOf(MACROS), mode);
    expect(error.diagnostic.span).toMatchObject({ file: 'models/a.sql', line: 2 });
    expect(error.diagnostic.notes?.map((note) => note.message)).toEqual([
      'in a call block',
      "in macro 'wrap'",
      'called from models/a.sql',
    ]);
  });

  it('refuse to return outside of a macro', async () => {
    const error = await failure('{{ return(1) }}', contextOf(''), mode);
    expect(error.message).toContain("'return' was called outside of a macro");
  });
});

describe('calling', () => {
  it('a promise in synchronous code is a bug of the host', () => {
    const later = hostFunction('later', () => Promise.resolve(1));
    const template = compileTemplate('{{ later() }}', { file: 'm.sql' });
    expect(() => template.renderSync(contextOf('', { later }))).toThrow(InternalError);
  });

  it('awaits promises in the middle of macros, loops, blocks and arguments', async () => {
    const later = hostFunction(
      'later',
      ({ positional: [value] }) => new Promise((resolve) => setTimeout(resolve, 1, value)),
    );
    const macros = `{% macro m(x) %}{% set y %}{{ later(x) }}{% endset %}{% for i in later([1, 2]) %}{{ later(i) }}{{ loop.last }}{% endfor %}{{ return(later(y) ~ '!') }}{% endmacro %}
      {% macro w() %}<{{ caller(later(5)) }}>{% endmacro %}`;
    const text =
      "{{ m(later('a')) }}{% call(v) w() %}{{ later(v) + 1 }}{% endcall %}{% filter upper %}{{ later('f') }}{% endfilter %}{{ 'yes' if later(true) and later(1) < later(2) else 'no' }}";
    expect(await compileTemplate(text, { file: 'm.sql' }).render(contextOf(macros, { later }))).toBe('a!<6>Fyes');
  });

  it('rejects with the place of what failed later', async () => {
    const later = hostFunction('later', async () => {
      throw new DbtError('jinja-runtime', 'late');
    });
    const error = await failure('x\n{{ 1 }}{{ later() }}', contextOf('', { later }), 'async');
    expect(error.diagnostic.span).toMatchObject({ line: 2, column: 11 });
  });

  it('runs hooks around each call, failed ones too', async () => {
    const log: string[] = [];
    const hooks = { enter: () => log.push('enter'), exit: () => log.push('exit') };
    const [macro] = compileMacros('{% macro m(x) %}{{ x.y.z }}{% endmacro %}', { file: 'm.sql' });
    const bound = macro?.bind({ get: () => undefined }, hooks) as BoundMacro;
    const args = (value: unknown) => ({ positional: [value], keyword: new Map<string, unknown>() });
    expect(bound.callSync(args({ y: { z: 1 } }))).toBe('1');
    expect(() => bound.callSync(args({}))).toThrow(DbtError);
    await expect(bound.callAsync(args({}))).rejects.toThrow(DbtError);
    expect(log).toEqual(['enter', 'exit', 'enter', 'exit', 'enter', 'exit']);
  });

  it('stops an endless recursion of macros in both modes', async () => {
    const later = hostFunction('later', () => Promise.resolve(1));
    const context = contextOf(
      '{% macro a() %}{{ b() }}{% endmacro %}{% macro b() %}{{ later() if go else 1 }}{{ a() }}{% endmacro %}',
      { later, go: false },
    );
    expect((await failure('{{ a() }}', context, 'sync')).message).toContain('recursion');
    expect((await failure('{{ a() }}', context, 'async')).message).toContain('recursion');
    const awaiting = contextOf('{% macro a() %}{{ later() }}{{ a() }}{% endmacro %}', { later });
    expect((await failure('{{ a() }}', awaiting, 'async')).message).toContain('recursion');
  });

  it('renders concurrently with one template', async () => {
    const later = hostFunction(
      'later',
      ({ positional: [ms, value] }) => new Promise((resolve) => setTimeout(resolve, Number(ms), value)),
    );
    const template = compileTemplate('{% set x = later(ms, v) %}{{ later(1, x) }}{{ v }}', { file: 'm.sql' });
    const contexts = [1, 2, 3].map((v) => contextOf('', { later, v, ms: 10 - v * 3 }));
    expect(await Promise.all(contexts.map((context) => template.render(context)))).toEqual(['11', '22', '33']);
  });
});
