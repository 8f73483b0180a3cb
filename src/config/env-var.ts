import { DbtError } from '../diagnostics/errors.js';
import { PyError } from '../jinja/errors.js';
import { bindArguments, type HostObject, hostFunction, typeName } from '../jinja/values.js';

/** The environment of the invocation. */
export type Environment = { readonly [name: string]: string | undefined };

/** Variables whose values are secret: allowed in profiles.yml and packages.yml, scrubbed from everything printed. */
export const SECRET_ENV_PREFIX = 'DBT_ENV_SECRET';
/** Variables that are copied into artifacts' `metadata.env`, without the prefix. */
export const CUSTOM_ENV_PREFIX = 'DBT_ENV_CUSTOM_ENV_';

const SECRET_START = '$$$DBT_SECRET_START$$$';
const SECRET_END = '$$$DBT_SECRET_END$$$';

export interface EnvVarOptions {
  /** In profiles.yml and packages.yml secrets are allowed: a placeholder stands for them until `insertSecrets`. */
  readonly secrets?: boolean;
  /** Called for each variable that a template read; null when its default was taken. */
  readonly onRead?: (name: string, value: string | null) => void;
}

/**
 * Jinja's `env_var(var, default=None)`. Throws `env-var-missing` without value and default, and `env-var-secret` for a
 * secret where none is allowed.
 */
export function envVarFunction(env: Environment, options: EnvVarOptions = {}): HostObject {
  return hostFunction('env_var', (args) => {
    const [name, fallback] = bindArguments('env_var', args, ['var', { name: 'default', default: null }]);
    if (typeof name !== 'string') {
      throw new PyError('AttributeError', `'${typeName(name)}' object has no attribute 'startswith'`);
    }
    const secret = name.startsWith(SECRET_ENV_PREFIX);
    if (secret && !options.secrets) {
      throw new DbtError(
        'env-var-secret',
        `Secret env vars are allowed only in profiles.yml or packages.yml. Found '${name}' referenced elsewhere.`,
        { hint: `Rename the variable so that its name does not begin with ${SECRET_ENV_PREFIX}.` },
      );
    }
    const value = env[name];
    if (value !== undefined) {
      if (secret) return `${SECRET_START}${name}${SECRET_END}`;
      options.onRead?.(name, value);
      return value;
    }
    if (fallback !== null) {
      if (!secret) options.onRead?.(name, null);
      return fallback;
    }
    throw new DbtError('env-var-missing', `Env var required but not provided: '${name}'`, {
      hint: `Set ${name} in the environment, or give a default: env_var('${name}', '…').`,
    });
  });
}

/** Puts the secrets in the place of their placeholders. */
export function insertSecrets(value: unknown, env: Environment): unknown {
  if (typeof value !== 'string' || !value.includes(SECRET_START)) return value;
  return value
    .split(SECRET_START)
    .map((part, i) => {
      if (i === 0) return part;
      const end = part.indexOf(SECRET_END);
      if (end === -1) return SECRET_START + part;
      return (env[part.slice(0, end)] ?? '') + part.slice(end + SECRET_END.length);
    })
    .join('');
}

/** The values of all secrets, longest first, for scrubbing what is printed. */
export function secretValues(env: Environment): readonly string[] {
  const values = Object.entries(env)
    .filter(([name, value]) => name.startsWith(SECRET_ENV_PREFIX) && value !== undefined && value.trim() !== '')
    .map(([, value]) => value as string);
  return values.sort((a, b) => b.length - a.length);
}

/** Replaces secrets in a text by asterisks. */
export function scrubSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce((scrubbed, secret) => scrubbed.replaceAll(secret, '*****'), text);
}

/** What artifacts have as `metadata.env` and Jinja as `dbt_metadata_envs`: custom variables without their prefix. */
export function customEnvironment(env: Environment): { readonly [name: string]: string } {
  const custom: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (name.startsWith(CUSTOM_ENV_PREFIX) && value !== undefined) custom[name.slice(CUSTOM_ENV_PREFIX.length)] = value;
  }
  return custom;
}
