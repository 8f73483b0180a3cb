import { type DbtError, InternalError } from '../diagnostics/errors.js';
import type { SourceSpan } from '../diagnostics/span.js';
import { compileTemplate } from './environment.js';
import type { MacroDefinition } from './macro.js';
import type { TemplateOptions } from './options.js';
import { type BlockTag, scanTags } from './syntax/block-scanner.js';
import { TemplateSource } from './syntax/source.js';

/** A block that stands at the top level of a file: `{% docs x %}…{% enddocs %}`. */
export interface Block {
  readonly kind: string;
  /** The first word after the kind; '' when there is none. */
  readonly name: string;
  /** The text between the tags, in the file's own line ends. */
  readonly body: string;
  /** The text with its tags, and with the whitespace that their `-` strips. */
  readonly fullBlock: string;
  readonly span: SourceSpan;
  readonly bodySpan: SourceSpan;
}

/** How to look for blocks. */
export interface BlockOptions extends TemplateOptions {
  /** The kinds to find, e.g. `docs`, `snapshot`. */
  readonly kinds: readonly string[];
  /** Called for each tag at the top level that is of another kind: dbt warns of it. */
  onUnexpected?(kind: string, span: SourceSpan): void;
}

const CONTROL_FLOW: ReadonlyMap<string, string> = new Map([
  ['if', 'endif'],
  ['for', 'endfor'],
]);
const CONTROL_FLOW_ENDS: ReadonlyMap<string, string> = new Map([...CONTROL_FLOW].map(([start, end]) => [end, start]));

/**
 * Finds the top-level blocks of the given kinds, as dbt does before it parses anything: only tags, strings, comments
 * and raw blocks are understood, what stands between the blocks need not be valid Jinja. A block inside of `if` or
 * `for`, or of another block, is an error, and so is one that is not closed.
 */
export function extractBlocks(text: string, options: BlockOptions): readonly Block[] {
  const source = new TemplateSource(text, options.file, options.firstLine, options.firstColumn);
  const blocks: Block[] = [];
  const kinds = new Set(options.kinds);
  const open: string[] = [];
  let current: BlockTag | undefined;
  for (const tag of scanTags(source)) {
    const at = (message: string, hint?: string): DbtError =>
      source.error('jinja-syntax', message, tag.start, tag.end, hint);
    if (CONTROL_FLOW.has(tag.kind)) open.push(tag.kind);
    else if (CONTROL_FLOW_ENDS.has(tag.kind)) {
      const expected = CONTROL_FLOW_ENDS.get(tag.kind) ?? '';
      const found = open.pop();
      if (found === undefined) {
        throw at(`Got an unexpected control flow end tag, got ${tag.kind} but never saw a preceding ${expected}`);
      }
      if (found !== expected) {
        const wanted = CONTROL_FLOW.get(found) ?? '';
        throw at(`Got an unexpected control flow end tag, got ${tag.kind} but expected ${wanted} next`);
      }
    }
    if (kinds.has(tag.kind)) {
      if (open.length > 0) {
        throw at('Got a block definition inside control flow. All dbt block definitions must be at the top level');
      }
      if (current) {
        const message = `Got nested tags: ${current.kind} did not have a matching {% end${current.kind} %} before a subsequent ${tag.kind} was found`;
        throw at(message, `The ${current.kind} begins at line ${source.span(current.start, current.end).line}.`);
      }
      current = tag;
    } else if (current && tag.kind === `end${current.kind}`) {
      blocks.push({
        kind: current.kind,
        name: current.name,
        body: source.slice(current.end, tag.start),
        fullBlock: source.slice(current.start, tag.end),
        span: source.span(current.start, tag.end),
        bodySpan: source.span(current.end, tag.start),
      });
      current = undefined;
    } else if (!current) options.onUnexpected?.(tag.kind, source.span(tag.start, tag.end));
  }
  if (current) {
    const { line } = source.span(current.end, current.end);
    const message = `Reached EOF without finding a close tag for ${current.kind} (searched from line ${line})`;
    throw source.error('jinja-syntax', message, current.start, current.end);
  }
  return blocks;
}

/** The kinds of blocks that a macro file is searched for. */
const MACRO_KINDS: readonly string[] = ['macro', 'materialization', 'test', 'data_test'];

/**
 * Reads a file of macros as dbt does: only its macro, materialization, test and data_test blocks are parsed, whatever
 * stands between them is not looked at.
 */
export function compileMacros(
  text: string,
  options: TemplateOptions & Pick<BlockOptions, 'onUnexpected'>,
): readonly MacroDefinition[] {
  return extractBlocks(text, { ...options, kinds: MACRO_KINDS }).map((block) => {
    const { span, fullBlock } = block;
    const template = compileTemplate(fullBlock, { file: options.file, firstLine: span.line, firstColumn: span.column });
    const [macro] = template.macros;
    if (!macro) throw new InternalError(`a ${block.kind} block of ${options.file} holds no macro`);
    return macro;
  });
}
