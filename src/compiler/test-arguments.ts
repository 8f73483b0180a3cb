import type { RuntimeContext } from '../context/runtime-context.js';
import type { TestNode } from '../contracts/nodes.js';
import { renderNative } from '../jinja/environment.js';

const LOOKS_LIKE_CALL = /^\s*(?:env_var|ref|var|source|doc)\s*\(.+\)\s*$/;
const JINJA_CHARS = /[{][{%#]|[#}%][}]/;

/**
 * The arguments of a generic test as its macro gets them: texts that are templates, or calls like `ref('x')`, are
 * rendered to native values in the context of the test. A column's name stays a text.
 */
export async function testArguments(context: RuntimeContext, node: TestNode): Promise<{ [name: string]: unknown }> {
  const kwargs: { [name: string]: unknown } = {};
  for (const [name, value] of Object.entries(node.test_metadata?.kwargs ?? {})) {
    kwargs[name] = name === 'column_name' && typeof value === 'string' ? value : await native(context, node, value);
  }
  return kwargs;
}

async function native(context: RuntimeContext, node: TestNode, value: unknown): Promise<unknown> {
  if (typeof value === 'string') {
    const text = LOOKS_LIKE_CALL.test(value) ? `{{ ${value} }}` : value;
    if (!JINJA_CHARS.test(text)) return value;
    return renderNative(text, context, { file: node.original_file_path });
  }
  if (Array.isArray(value)) {
    const out: unknown[] = [];
    for (const item of value) out.push(await native(context, node, item));
    return out;
  }
  if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype) {
    const out: { [key: string]: unknown } = {};
    for (const [key, item] of Object.entries(value)) out[key] = await native(context, node, item);
    return out;
  }
  return value;
}
