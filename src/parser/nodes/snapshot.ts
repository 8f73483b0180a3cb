import { extractBlocks } from '../../jinja/blocks.js';
import type { SourceFile } from '../files/source-file.js';
import type { ParserServices } from '../services.js';
import { draftOf, renderNode } from './render-node.js';
import { snapshotFqn } from './sql-nodes.js';

/** Every `{% snapshot name %}` block of a file. */
export function parseSnapshots(services: ParserServices, file: SourceFile): void {
  for (const block of extractBlocks(file.text, { file: file.display, kinds: ['snapshot'] })) {
    const entry = draftOf(services, file, {
      type: 'snapshot',
      name: block.name,
      path: file.relative,
      uniqueId: `snapshot.${file.packageName}.${block.name}`,
      fqn: snapshotFqn(file.packageName, file.relative, block.name),
      checksum: file.checksum,
      rawCode: block.body,
    });
    renderNode(services, entry, block.bodySpan.line);
  }
}
