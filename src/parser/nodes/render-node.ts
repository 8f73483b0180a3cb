import { createParseContext } from '../../context/parse-context.js';
import { isDbtError } from '../../diagnostics/errors.js';
import { compileTemplate } from '../../jinja/environment.js';
import type { SourceFile } from '../files/source-file.js';
import { fileSpan } from '../parse-error.js';
import type { ParserServices } from '../services.js';
import { applyConfig, takeCapture } from './apply-config.js';
import { type NewNode, type NodeDraft, type NodeEntry, newNode } from './draft.js';
import { isStatic } from './static-model.js';

/** The parts of a node that the kinds of node have in common. */
export type NodeHead = Omit<NewNode, 'packageName' | 'file' | 'database' | 'schema' | 'createdAt'>;

/** Makes the draft of a node of a file. */
export function draftOf(services: ParserServices, file: SourceFile, head: NodeHead): NodeEntry {
  const { target } = services.config;
  const node = newNode({
    ...head,
    packageName: file.packageName,
    file: file.original,
    database: target.database,
    schema: target.schema,
    createdAt: services.now(),
  });
  return { node, file, call: null, settings: {}, properties: null, named: false };
}

/**
 * Renders a node's template once, with nothing executed, to learn its refs, sources and config; then works its
 * configuration out and adds it.
 */
export function renderNode(services: ParserServices, entry: NodeEntry, firstLine = entry.file.firstLine): void {
  const { node } = entry;
  const { context, capture } = createParseContext({ node, phase: services.phase });
  located(entry, () => {
    if (hasJinja(node.raw_code)) {
      compileTemplate(node.raw_code, { file: entry.file.display, firstLine }).renderSync(context, {
        undefined: 'lenient',
      });
    }
    takeCapture(node, context);
    if (node.sources && repeats(node.sources) && isStatic(services, node)) node.sources = distinct(node.sources);
    entry.call = capture.config;
    applyConfig(services, entry, null, context);
  });
  services.builder.add(entry);
}

function distinct<T extends readonly string[]>(sources: readonly T[]): T[] {
  return [...new Map(sources.map((source) => [source.join('\0'), source])).values()];
}

const repeats = (sources: readonly (readonly string[])[]): boolean => distinct(sources).length < sources.length;

/** Whether a text can be anything but itself when it is rendered. */
export function hasJinja(text: string): boolean {
  return /\{[{%#]|[#}%]\}/.test(text);
}

/** Runs a step of a node's parsing; an error that it raises knows the node, and the file when it knows no better. */
export function located<T>(
  entry: { readonly node: Pick<NodeDraft, 'unique_id'>; readonly file: SourceFile },
  step: () => T,
): T {
  try {
    return step();
  } catch (error) {
    if (!isDbtError(error)) throw error;
    throw error.with({ uniqueId: entry.node.unique_id, span: fileSpan(entry.file) });
  }
}

/** `[package, folders…]` of a path below one of the resource paths. */
export function fqnPrefix(packageName: string, relative: string): string[] {
  return [packageName, ...relative.split('/').slice(0, -1)];
}
