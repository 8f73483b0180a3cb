import { type HostObject, JINJA, pyRepr, pyStr, toPlain } from '../../jinja/values.js';

/** An adapter's response as templates see it: prints as its message, has its fields. */
export class ResponseView implements HostObject {
  readonly [JINJA.type] = 'AdapterResponse';
  readonly #fields: { readonly [name: string]: unknown };

  constructor(fields: { readonly [name: string]: unknown }) {
    this.#fields = fields;
  }

  [JINJA.attr](name: string): unknown {
    if (Object.hasOwn(this.#fields, name)) return this.#fields[name];
    return name === 'code' || name === 'rows_affected' ? null : undefined;
  }

  [JINJA.repr](): string {
    const fields = ['_message', 'code', 'rows_affected', 'query_id'];
    return `AdapterResponse(${fields.map((name) => `${name}=${pyRepr(this.#fields[name] ?? null)}`).join(', ')})`;
  }

  [JINJA.str](): string {
    return pyStr(this.#fields['_message'] ?? '');
  }

  [JINJA.plain](): unknown {
    return toPlain(Object.fromEntries(Object.entries(this.#fields).filter(([, value]) => value !== null)));
  }
}
