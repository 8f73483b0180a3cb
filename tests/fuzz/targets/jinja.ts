import { contextModules } from '../../../src/context/modules.js';
import { compileMacros, extractBlocks } from '../../../src/jinja/blocks.js';
import {
  callAsync,
  callSync,
  compileTemplate,
  renderNative,
  renderNativeSync,
} from '../../../src/jinja/environment.js';
import { PyDate, pyStr } from '../../../src/jinja/values.js';
import type { Random } from '../../helpers/random.js';
import { caseContext } from '../../jinja/harness.js';
import { caseJson, templateCorpus } from '../corpus.js';
import { type Ended, ends, Finding, type Target } from '../target.js';
import { grammarTemplate } from '../template-grammar.js';
import { type Language, mutated } from '../text-mutations.js';

/** Jinja, as it is cut into pieces and put together again. */
export const JINJA: Language = {
  pieces: [
    ...['{{', '}}', '{%', '%}', '{#', '#}', '-%}', '{%-', '{{-', '-}}', '+%}', '{%+', '(', ')', '[', ']', '{', '}'],
    ...['|', ',', '.', ':', '=', '==', '!=', '<', '>=', '~', '+', '-', '*', '**', '/', '//', '%', "'", '"', '\n', ' '],
    ...[
      ' if ',
      ' else ',
      ' elif ',
      ' for x in xs ',
      ' in ',
      ' not ',
      ' is ',
      ' and ',
      ' or ',
      ' recursive ',
      'none',
      'true',
    ],
    ...[
      '0',
      '1.5',
      '-1',
      '1e9',
      '0x',
      '1_',
      '{% endif %}',
      '{% endfor %}',
      '{% else %}',
      '{% set x = 1 %}',
      '{% raw %}',
    ],
    ...[
      '{% endraw %}',
      '{% do ',
      '{% call ',
      '{% endcall %}',
      '{% macro m(a, b=a) %}',
      '{% endmacro %}',
      '{% filter upper %}',
    ],
    ...[
      '{% endset %}',
      '{% set y %}',
      '{% docs d %}',
      '{% enddocs %}',
      '{% materialization t, default %}',
      '{% test t(m) %}',
    ],
    ...[
      'loop',
      'loop.last',
      'caller()',
      'varargs',
      'kwargs',
      'zz',
      'xs',
      'd',
      'name',
      'namespace(',
      'range(',
      '| map(',
      '| join(',
    ],
    ...[
      'return(1)',
      'adapter.dispatch(',
      'modules.re.',
      '{% break %}',
      '{% continue %}',
      '{% if ',
      '{% for k, v in d.items() %}',
    ],
  ],
  token: /\{[{%#]-?|-?[}%#]\}|[\p{L}\p{N}_]+|'[^']*'|"[^"]*"|\s+|[\s\S]/gu,
  block: /\{%[\s\S]*?%\}|\{\{[\s\S]*?\}\}|\{#[\s\S]*?#\}|[^{]+|[\s\S]/g,
};

let more: readonly string[] = [];
const corpus = (random: Random): readonly string[] => (more.length > 0 && random.chance(0.5) ? more : templateCorpus());

function template(random: Random): string {
  return random.chance(0.25) ? grammarTemplate(random) : mutated(random, corpus(random), JINJA);
}

const prepare: Target['prepare'] = ({ sql }) => {
  more = sql;
};

/** Lexer, parser and both code generators, and the search for blocks: nothing runs. */
export const syntax: Target<string> = {
  name: 'jinja-syntax',
  what: 'mutated and made-up templates: lexer, parser, code generator, blocks',
  short: 700,
  share: 4,
  prepare,
  generate: template,
  async attempt(text) {
    const parsed = await ends(() => compileTemplate(text, { file: 'f.sql' }));
    // A state that fails at once: the code is generated, and nothing of it runs.
    const stop = { get: (): never => stopped() };
    if (parsed.value) {
      const { value } = parsed;
      await ends(() => untilStopped(() => value.renderSync(stop)));
      await ends(() => untilStopped(() => value.render(stop)));
      await ends(() => value.macros.length);
    }
    await ends(() => extractBlocks(text, { file: 'f.sql', kinds: ['macro', 'docs', 'snapshot'] }));
    const macros = await ends(() => compileMacros(text, { file: 'm.sql' }));
    for (const macro of macros.value ?? []) {
      if (macro.fullName === '') throw new Finding('a macro without a name');
    }
  },
};

class Stopped extends Error {}

function stopped(): never {
  throw new Stopped();
}

async function untilStopped(run: () => unknown): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
  }
}

interface Rendering {
  readonly text: string;
  readonly lenient: boolean;
}

const MODULES = contextModules();
let data: Record<string, unknown> | undefined;

/** The recorded cases' context with values that are trouble. */
function hostileContext(): ReturnType<typeof caseContext> {
  data ??= caseJson<{ context: Record<string, unknown> }>('jinja/oracle.json').context;
  const base = caseContext(data, {});
  let deep: unknown = 1;
  for (let i = 0; i < 600; i++) deep = i % 2 === 0 ? [deep] : { a: deep };
  const cyclic: unknown[] = [1];
  cyclic.push(cyclic);
  const own = new Map<string, unknown>([
    ['deep', deep],
    ['cyclic', cyclic],
    ['long', 'ab '.repeat(3000)],
    ['day', new PyDate(2024, 2, 29)],
    ['nothing', null],
    ['modules', MODULES],
  ]);
  return {
    get: (name) => (own.has(name) ? own.get(name) : base.get(name)),
    names: () => [...own.keys(), ...(base.names?.() ?? [])],
  };
}

/** Both ways of rendering, with values that do not fit; they must agree. */
export const rendering: Target<Rendering> = {
  name: 'jinja-render',
  what: 'mutated and made-up templates rendered, sync and async, which must agree',
  short: 500,
  share: 4,
  prepare,
  generate: (random) => ({ text: template(random), lenient: random.chance(0.3) }),
  async attempt({ text, lenient }) {
    const options = lenient ? ({ undefined: 'lenient' } as const) : {};
    const sync = await ends(() => compileTemplate(text, { file: 'f.sql' }).renderSync(hostileContext(), options));
    const async_ = await ends(() => compileTemplate(text, { file: 'f.sql' }).render(hostileContext(), options));
    agree(sync, async_, text);
  },
};

/** Macros called with arguments that they may not want. */
export const macros: Target<string> = {
  name: 'jinja-macros',
  what: 'mutated macros called with arguments that do not fit',
  short: 150,
  share: 1,
  prepare,
  generate: template,
  async attempt(text) {
    const { value: found = [] } = await ends(() => compileMacros(text, { file: 'm.sql' }));
    for (const macro of found.slice(0, 5)) {
      const args = {
        positional: [1, 'x', null].slice(0, text.length % 4),
        keyword: new Map<string, unknown>([['zz', []]]),
      };
      const sync = await ends(() => pyStr(callSync(macro.bind(hostileContext()), args)), false);
      const async_ = await ends(async () => pyStr(await callAsync(macro.bind(hostileContext()), args)), false);
      agree(sync, async_, text);
    }
  },
};

/** Values of YAML files. */
export const native: Target<string> = {
  name: 'jinja-native',
  what: "mutated templates rendered as values of YAML files are, which keep their expression's type",
  short: 250,
  share: 1,
  prepare,
  generate: (random) => template(random).slice(0, 600),
  async attempt(text) {
    const sync = await ends(() => textOf(renderNativeSync(text, hostileContext(), { file: 'f.yml' })));
    const async_ = await ends(async () => textOf(await renderNative(text, hostileContext(), { file: 'f.yml' })));
    agree(sync, async_, text);
  },
};

/** A value that has no text, because it is nested too deeply, is as good as any other. */
function textOf(value: unknown): string {
  try {
    return pyStr(value);
  } catch {
    return 'deep';
  }
}

/** What differs from one rendering to the next: chance, addresses, the clock, and where the stack ends. */
const VARIES = /random|lipsum|shuffle|now|today|recursion|object at|0x/i;

function agree(sync: Ended<string>, async_: Ended<string>, text: string): void {
  const [one, other] = [sync, async_].map(({ value, error }) => value ?? `${error?.code}: ${error?.message}`);
  if (one === other || VARIES.test(text) || VARIES.test(one ?? '') || VARIES.test(other ?? '')) return;
  throw new Finding(`sync gives ${JSON.stringify(one)?.slice(0, 300)}, async ${JSON.stringify(other)?.slice(0, 300)}`);
}
