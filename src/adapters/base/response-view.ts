import { type HostObject, JINJA, pyStr, toPlain } from '../../jinja/values.js';

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

  [JINJA.str](): string {
    return pyStr(this.#fields['_message'] ?? '');
  }

  [JINJA.plain](): unknown {
    return toPlain(Object.fromEntries(Object.entries(this.#fields).filter(([, value]) => value !== null)));
  }
}
