import { SourceFile } from '../files/source-file.js';
import { joinPath, withoutExtension } from '../files/text.js';
import type { ParserServices } from '../services.js';
import { applyConfig } from './apply-config.js';
import { readPythonModel } from './python-model.js';
import { draftOf, fqnPrefix, located, renderNode } from './render-node.js';
import { readTypeScriptModel } from './typescript-model.js';

/** One model a file. */
export function parseModel(services: ParserServices, file: SourceFile): void {
  const language = languageOf(file);
  const entry = draftOf(services, file, {
    type: 'model',
    name: file.name,
    path: file.relative,
    uniqueId: `model.${file.packageName}.${file.name}`,
    fqn: [...fqnPrefix(file.packageName, file.relative), file.name],
    checksum: file.checksum,
    rawCode: file.contents,
    language,
  });
  if (language === 'python') readPythonModel(services, entry);
  else if (language === 'typescript') readTypeScriptModel(services, entry);
  else renderNode(services, entry);
}

/** The manifest's word for the language that a model's file is in. */
function languageOf(file: SourceFile): 'sql' | 'python' | 'typescript' {
  const path = file.relative.toLowerCase();
  return path.endsWith('.py') ? 'python' : path.endsWith('.ts') ? 'typescript' : 'sql';
}

/** One function a file. dbt renders a Python function's text too. */
export function parseFunction(services: ParserServices, file: SourceFile): void {
  const entry = draftOf(services, file, {
    type: 'function',
    name: file.name,
    path: file.relative,
    uniqueId: `function.${file.packageName}.${file.name}`,
    fqn: [...fqnPrefix(file.packageName, file.relative), file.name],
    checksum: file.checksum,
    rawCode: file.contents,
    language: file.relative.toLowerCase().endsWith('.py') ? 'python' : 'sql',
  });
  renderNode(services, entry);
}

/** One analysis a file: compiled, never run. */
export function parseAnalysis(services: ParserServices, file: SourceFile): void {
  const path = joinPath('analysis', file.relative);
  const entry = draftOf(services, file, {
    type: 'analysis',
    name: file.name,
    path,
    uniqueId: `analysis.${file.packageName}.${file.name}`,
    fqn: [...fqnPrefix(file.packageName, path), file.name],
    checksum: file.checksum,
    rawCode: file.contents,
  });
  renderNode(services, entry);
}

/** The name of the node that `--inline` makes. */
const INLINE = 'inline_query';

/** `compile --inline`: a node of a text that is in no file. Like an analysis, but for its kind. */
export function parseInline(services: ParserServices, sql: string): void {
  const { project_name: packageName, root } = services.config.project;
  const file = new SourceFile({ packageName, root, searched: '.', relative: INLINE, text: sql });
  const entry = draftOf(services, file, {
    type: 'analysis',
    name: INLINE,
    path: `sql/${INLINE}`,
    uniqueId: `sql_operation.${packageName}.${INLINE}`,
    fqn: [packageName, 'sql', INLINE],
    checksum: file.checksum,
    rawCode: file.contents,
  });
  renderNode(services, entry);
  (entry.node as { resource_type: string }).resource_type = 'sql_operation';
}

/** One test a file. */
export function parseSingularTest(services: ParserServices, file: SourceFile): void {
  const path = joinPath(file.relative.split('/').slice(0, -1).join('/'), `${file.name}.sql`);
  const entry = draftOf(services, file, {
    type: 'test',
    name: file.name,
    path,
    uniqueId: `test.${file.packageName}.${file.name}`,
    fqn: [...fqnPrefix(file.packageName, path), file.name],
    checksum: file.checksum,
    rawCode: file.contents,
  });
  renderNode(services, entry);
}

/** One seed a file. Its rows are read when it is loaded, not now. */
export function parseSeed(services: ParserServices, file: SourceFile): void {
  const entry = draftOf(services, file, {
    type: 'seed',
    name: file.name,
    path: file.relative,
    uniqueId: `seed.${file.packageName}.${file.name}`,
    fqn: [...fqnPrefix(file.packageName, file.relative), file.name],
    checksum: file.seedChecksum,
    rawCode: '',
  });
  entry.node.root_path = file.root;
  located(entry, () => applyConfig(services, entry, null));
  services.builder.add(entry);
}

/** Hooks of dbt_project.yml, in the order in which dbt makes them: on-run-start, then on-run-end. */
export function parseOperations(
  services: ParserServices,
  file: SourceFile,
  hooks: readonly string[],
  kind: string,
): void {
  hooks.forEach((sql, index) => {
    const name = `${file.packageName}-${kind}-${index}`;
    const path = `hooks/${name}.sql`;
    const entry = draftOf(services, file, {
      type: 'operation',
      name,
      path,
      uniqueId: `operation.${file.packageName}.${name}`,
      fqn: [file.packageName, 'hooks', name],
      checksum: file.checksum,
      rawCode: sql,
    });
    entry.node.index = index;
    entry.node.tags.push(kind);
    renderNode(services, entry, 1);
  });
}

/** The part of a path that a snapshot's fqn has: unlike other nodes' the file's own name too. */
export function snapshotFqn(packageName: string, relative: string, name: string): string[] {
  return [packageName, ...withoutExtension(relative).split('/'), name];
}
