import { CUSTOM_ENV_PREFIX, envVarFunction } from '../config/env-var.js';
import { targetNames } from '../config/names.js';
import { DBT_VERSION } from '../contracts/dbt-version.js';
import { DbtError } from '../diagnostics/errors.js';
import { callAsync, callSync, returnFunction } from '../jinja/environment.js';
import { MODE } from '../jinja/runtime/mode.js';
import {
  bindArguments,
  type CallArgs,
  type HostObject,
  hostFunction,
  JINJA,
  NO_KEYWORDS,
  pyEquals,
  pyStr,
  toPlain,
} from '../jinja/values.js';
import { FlagsView } from './flags-view.js';
import { exceptionMembers } from './functions/exceptions.js';
import { define, PLAIN_FUNCTIONS } from './functions/plain-functions.js';
import { yamlFunctions } from './functions/yaml.js';
import type { Invocation } from './invocation.js';
import { invocationArgs } from './invocation-args.js';
import { contextModules, startedAt } from './modules.js';
import type { Member, Members, TemplateContext } from './template-context.js';

/**
 * The names that every template has, whatever its phase: dbt's base, target and configured contexts. `var` is not
 * among them, it depends on the phase.
 */
export function baseMembers(invocation: Invocation): Members {
  const { config, reads } = invocation;
  const target = targetOf(invocation);
  const members = new Map<string, Member>();
  const constant = (name: string, value: unknown): void => void members.set(name, () => value);
  for (const [name, value] of PLAIN_FUNCTIONS) constant(name, value);
  for (const [name, value] of yamlFunctions()) constant(name, value);
  constant('dbt_version', DBT_VERSION);
  constant('env_var', envVarFunction(config.env, { onRead: (name) => reads?.read('env', '', name) }));
  constant('return', returnFunction);
  lazy(members, 'modules', () =>
    contextModules({
      onTime: () => reads?.readUnrepeatable(),
      onItertools: () => invocation.warn(ITERTOOLS_DEPRECATED, null, 'ModulesItertoolsUsageDeprecation'),
    }),
  );
  lazy(members, 'flags', () => new FlagsView(config, reads));
  lazy(
    members,
    'run_started_at',
    () => startedAt(config.started_at),
    () => reads?.readUnrepeatable(),
  );
  members.set('invocation_id', () => {
    reads?.readUnrepeatable();
    return config.invocation_id;
  });
  constant('thread_id', 'MainThread');
  members.set('target', () => {
    reads?.read('member', '', 'target');
    return target;
  });
  constant('project_name', config.project.project_name);
  members.set('log', (context) => logFunction(invocation, context));
  constant(
    ...define('print', ['msg'], [], ([message]) => {
      if (config.flags.print) invocation.print(pyStr(message));
      return '';
    }),
  );
  return members;
}

const ITERTOOLS_DEPRECATED =
  '`modules.itertools` is deprecated. Use the functions that Jinja and dbt have themselves in its place.';

/**
 * The names that templates of nodes and macros have besides, as far as they are the same while parsing and while
 * running: dbt's provider context without ref, source, config, adapter, model, this, graph and results.
 */
export function providerMembers(invocation: Invocation): Members {
  const { config, adapter, reads } = invocation;
  const member = (name: string) => (): void => reads?.read('member', '', name);
  const members = new Map<string, Member>();
  lazy(members, 'invocation_args_dict', () => invocationArgs(config), member('invocation_args_dict'));
  lazy(members, 'dbt_metadata_envs', () => metadataEnvs(config.env), member('dbt_metadata_envs'));
  lazy(members, 'validation', () => ({ any: validationAny() }));
  lazy(members, 'env', () => targetOf(invocation), member('target'));
  lazy(members, 'column', () => adapter.attributes.get('Column'));
  lazy(members, 'api', () => ({
    Relation: adapter.attributes.get('Relation'),
    Column: adapter.attributes.get('Column'),
  }));
  members.set('database', () => config.target.database);
  members.set('schema', () => config.target.schema);
  members.set('selected_resources', () => []);
  members.set('pre_hooks', () => null);
  members.set('post_hooks', () => null);
  members.set('sql', () => null);
  members.set('exceptions', (context) =>
    exceptionMembers((message, name) => invocation.warn(message, context.owner?.unique_id ?? null, name)),
  );
  members.set('context_macro_stack', (context) => macroStackView(context.macroStack));
  members.set('sql_now', () => adapter.currentTimeSql);
  members.set('try_or_compiler_error', () => tryOrCompilerError());
  members.set('adapter_macro', () =>
    hostFunction('adapter_macro', ({ positional, keyword }) => {
      const named = new Map([...keyword].filter(([key]) => key === 'name'));
      const [name] = bindArguments('adapter_macro', { positional: positional.slice(0, 1), keyword: named }, ['name']);
      throw new DbtError(
        'compilation',
        `The "adapter_macro" macro has been deprecated. Instead, use the \`adapter.dispatch\` method to find a macro and ` +
          `call the result. adapter_macro was called for: ${pyStr(name)}`,
      );
    }),
  );
  return members;
}

/** Jinja's `target`. */
export function targetOf({ config, plugin }: Invocation): unknown {
  return { ...targetNames(config.target, plugin.targetContext(config.target)) };
}

/** A member that is made once for the whole invocation, on its first use. `onUse` is called at each context's first use. */
function lazy(members: Map<string, Member>, name: string, make: () => unknown, onUse?: () => void): void {
  let value: unknown;
  let made = false;
  members.set(name, () => {
    onUse?.();
    if (!made) {
      value = make();
      made = true;
    }
    return value;
  });
}

function logFunction(invocation: Invocation, context: TemplateContext): HostObject {
  return define('log', ['msg', 'info'], [null, false], ([message, info]) => {
    invocation.log(pyStr(message), info === true, context.owner?.unique_id ?? null);
    return '';
  })[1];
}

/** Jinja's `context_macro_stack`: the macros that run now, not those that ran when it was first asked for. */
function macroStackView(stack: string[]): HostObject {
  return {
    [JINJA.type]: 'MacroStack',
    [JINJA.attr]: (name) => {
      if (name === 'depth') return stack.length;
      return name === 'call_stack' ? stack : undefined;
    },
  };
}

/** Jinja's `dbt_metadata_envs`. */
export function metadataEnvs(env: { readonly [name: string]: string | undefined }): {
  readonly [name: string]: string;
} {
  const found: { [name: string]: string } = {};
  for (const [name, value] of Object.entries(env)) {
    if (name.startsWith(CUSTOM_ENV_PREFIX) && value !== undefined) found[name.slice(CUSTOM_ENV_PREFIX.length)] = value;
  }
  return found;
}

function validationAny(): HostObject {
  return hostFunction('any', ({ positional: allowed }) =>
    hostFunction('inner', (args) => {
      const [value] = bindArguments('inner', args, ['value']);
      if (allowed.some((one) => pyEquals(one, value))) return null;
      throw new DbtError(
        'value-refused',
        `Expected value "${pyStr(value)}" to be one of ${allowed.map(pyStr).join(',')}`,
      );
    }),
  );
}

/** `try_or_compiler_error(message, function, …)`; waits for the function where templates are rendered asynchronously. */
function tryOrCompilerError(): unknown {
  const parts = ({ positional: [message, fn, ...positional], keyword }: CallArgs) => {
    const given = { positional: [message, fn].filter((value) => value !== undefined), keyword: NO_KEYWORDS };
    bindArguments('try_or_compiler_error', given, ['message_if_exception', 'func']);
    return {
      fn,
      args: { positional, keyword },
      failed: (cause: unknown): never => {
        throw new DbtError('compilation', pyStr(message), { cause });
      },
    };
  };
  return {
    [JINJA.type]: 'method',
    [MODE.sync]: (call: CallArgs): unknown => {
      const { fn, args, failed } = parts(call);
      try {
        return callSync(fn, args);
      } catch (error) {
        return failed(error);
      }
    },
    [MODE.async]: async (call: CallArgs): Promise<unknown> => {
      const { fn, args, failed } = parts(call);
      return Promise.resolve(callAsync(fn, args)).catch(failed);
    },
  };
}

/** Plain data of a keyword dictionary. */
export function plainKeywords(keyword: ReadonlyMap<string, unknown>): { [name: string]: unknown } {
  const result: { [name: string]: unknown } = {};
  for (const [name, value] of keyword) result[name] = toPlain(value);
  return result;
}
