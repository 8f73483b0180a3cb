import { DbtError } from '../../diagnostics/errors.js';
import {
  dictEntries,
  type HostObject,
  hostFunction,
  isDict,
  isUndefined,
  JINJA,
  pyRepr,
  pyStr,
  truthy,
} from '../../jinja/values.js';

/** The parts of a relation's name, outermost first. */
export const COMPONENTS = ['database', 'schema', 'identifier'] as const;
export type Component = (typeof COMPONENTS)[number];

export interface RelationPath {
  readonly database: string | null;
  readonly schema: string | null;
  readonly identifier: string | null;
}

/** Which parts are printed, or quoted. */
export interface Policy {
  readonly database: boolean;
  readonly schema: boolean;
  readonly identifier: boolean;
}

export const ALL: Policy = { database: true, schema: true, identifier: true };

/** A path with some parts replaced. A part that is neither text nor None is an error, as in dbt: an undefined variable. */
export function changePath(path: RelationPath, changes: unknown): RelationPath {
  const next: Record<Component, string | null> = { ...path };
  for (const [key, value] of members(changes)) {
    if (!isComponent(key)) continue;
    if (value !== null && typeof value !== 'string') {
      throw new DbtError('relation-invalid', `Got an invalid path ${key}: ${isUndefined(value) ? '' : pyStr(value)}`, {
        hint: isUndefined(value)
          ? `The ${key} comes from a variable that is not defined.`
          : `A ${key} is text or none.`,
      });
    }
    next[key] = value;
  }
  return next;
}

/** A policy with some parts replaced; None leaves a part as it is. */
export function changePolicy(policy: Policy, changes: unknown): Policy {
  const next: Record<Component, boolean> = { ...policy };
  for (const [key, value] of members(changes)) {
    if (isComponent(key) && value !== null && !isUndefined(value)) next[key] = truthy(value);
  }
  return next;
}

function isComponent(key: unknown): key is Component {
  return (COMPONENTS as readonly unknown[]).includes(key);
}

/** The members of a dict or of one of the views below. */
function members(value: unknown): Iterable<readonly [unknown, unknown]> {
  if (value instanceof FieldsView) return Object.entries(value.fields);
  return isDict(value) ? dictEntries(value) : [];
}

/** A path or a policy as templates see it: attributes and items of the same names. */
export class FieldsView implements HostObject {
  readonly [JINJA.mapping] = true;
  readonly typeName: string;
  readonly fields: { readonly [name: string]: unknown };

  constructor(typeName: string, fields: { readonly [name: string]: unknown }) {
    this.typeName = typeName;
    this.fields = fields;
  }

  get [JINJA.type](): string {
    return this.typeName;
  }

  [JINJA.attr](name: string): unknown {
    if (Object.hasOwn(this.fields, name)) return this.fields[name];
    if (name === 'get')
      return hostFunction('get', ({ positional }) => this[JINJA.item](positional[0]) ?? positional[1] ?? null);
    return undefined;
  }

  [JINJA.item](key: unknown): unknown {
    return typeof key === 'string' && Object.hasOwn(this.fields, key) ? this.fields[key] : undefined;
  }

  [JINJA.str](): string {
    const inside = Object.entries(this.fields).map(([name, value]) => `${name}=${pyRepr(value)}`);
    return `${this.typeName}(${inside.join(', ')})`;
  }

  [JINJA.eq](other: unknown): boolean {
    return other instanceof FieldsView && this[JINJA.str]() === other[JINJA.str]();
  }

  [JINJA.plain](): unknown {
    return { ...this.fields };
  }
}
