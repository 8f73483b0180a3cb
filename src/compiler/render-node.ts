import type { RuntimeContext } from '../context/runtime-context.js';
import type { ManifestNode, TestNode } from '../contracts/nodes.js';
import { compileTemplate, type Template } from '../jinja/environment.js';
import type { Segment } from '../sql/source-map.js';
import { SourceMap } from '../sql/source-map.js';
import { testArguments } from './test-arguments.js';

const JINJA_CHARS = /[{][{%#]|[#}%][}]/;

/** Renders a node's own code. `map` leads from the result back to the code. */
export async function renderNode(
  context: RuntimeContext,
  node: ManifestNode,
): Promise<{ text: string; map: SourceMap | null }> {
  const raw = node.raw_code;
  if (node.resource_type === 'test' && node.test_metadata) {
    context.extra.set('_dbt_generic_test_kwargs', await testArguments(context, node as TestNode));
  }
  if (!JINJA_CHARS.test(raw)) {
    return { text: raw, map: new SourceMap([whole(raw.length)]) };
  }
  const template = templateOf(node, raw);
  const segments: Segment[] = [];
  let at = 0;
  const text = await template.render(context, {
    trace: (end, sourceStart, sourceEnd, verbatim) => {
      if (sourceStart >= 0 && end > at) segments.push({ start: at, end, sourceStart, sourceEnd, verbatim });
      at = end;
    },
  });
  return { text, map: segments.length > 0 ? new SourceMap(segments) : null };
}

/** Templates of generic tests: one text for many tests. */
const shared = new Map<string, Template>();
const MAX_SHARED = 1000;

function templateOf(node: ManifestNode, raw: string): Template {
  const options = { file: node.original_file_path };
  if (node.resource_type !== 'test' || !node.test_metadata) return compileTemplate(raw, options);
  const key = `${options.file}\n${raw}`;
  let template = shared.get(key);
  if (!template) {
    if (shared.size >= MAX_SHARED) shared.clear();
    template = compileTemplate(raw, options);
    shared.set(key, template);
  }
  return template;
}

function whole(length: number): Segment {
  return { start: 0, end: length, sourceStart: 0, sourceEnd: length, verbatim: true };
}
