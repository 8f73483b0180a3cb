import type { Documentation } from '../contracts/nodes.js';
import { extractBlocks } from '../jinja/blocks.js';
import { compileTemplate } from '../jinja/environment.js';
import type { SourceFile } from './files/source-file.js';
import { strip } from './files/text.js';
import type { ManifestBuilder } from './manifest-builder.js';
import { hasJinja } from './nodes/render-node.js';
import { errorAt } from './parse-error.js';

const NO_NAMES = { get: (): undefined => undefined };

/** Adds every `{% docs name %}` block of a Markdown file. */
export function parseDocs(builder: ManifestBuilder, file: SourceFile): void {
  if (!file.text.includes('docs')) return;
  for (const block of extractBlocks(file.text, { file: file.display, kinds: ['docs'] })) {
    const uniqueId = `doc.${file.packageName}.${block.name}`;
    const known = builder.docs.get(uniqueId);
    if (known) {
      throw errorAt(
        'resource-duplicate',
        `dbt found two docs with the name "${block.name}".\n\nTo fix this, change the name of one of these resources:\n- ${uniqueId} (${file.original})\n- ${uniqueId} (${known.original_file_path})`,
        block.span,
        { hint: 'Rename or remove one of the two.' },
      );
    }
    builder.docs.set(uniqueId, {
      name: block.name,
      resource_type: 'doc',
      package_name: file.packageName,
      path: file.relative,
      original_file_path: file.original,
      unique_id: uniqueId,
      block_contents: contents(block.body, file, block.bodySpan.line),
    } satisfies Documentation);
  }
}

function contents(body: string, file: SourceFile, firstLine: number): string {
  const text = hasJinja(body) ? compileTemplate(body, { file: file.display, firstLine }).renderSync(NO_NAMES) : body;
  return strip(text);
}
