import { type Document, isMap, isSeq, parseDocument, YAMLMap, YAMLSeq } from 'yaml';
import { DbtError } from '../diagnostics/errors.js';

/** A package as `deps --add-package` writes it: its keys in order. */
export type NewPackage = { readonly [key: string]: string | readonly string[] };

/** What became of the text, and the entries that the new one replaced. */
export interface PackagesEdit {
  readonly text: string;
  readonly removed: readonly { readonly [key: string]: unknown }[];
}

/**
 * Adds a package at the end of the `packages:` of a YAML text, and removes those for which `replaces` says so. Comments
 * and the form of all else stay. Throws `packages-invalid` when there is no list to add to.
 */
export function addPackage(
  text: string,
  file: string,
  entry: NewPackage,
  replaces: (entry: { readonly [key: string]: unknown }) => boolean,
): PackagesEdit {
  const document: Document = parseDocument(text, { version: '1.1', keepSourceTokens: true, uniqueKeys: false });
  if (document.contents === null) document.contents = document.createNode({});
  const root = document.contents;
  if (document.errors.length > 0 || !isMap(root)) throw unfit(file);
  let list: unknown = root.get('packages', true);
  if (!isSeq(list)) {
    const value = (root.toJS(document) as { readonly packages?: unknown }).packages;
    if (value !== undefined && value !== null) throw unfit(file);
    list = new YAMLSeq();
    root.set('packages', list);
  }
  const sequence = list as YAMLSeq;
  const removed: { readonly [key: string]: unknown }[] = [];
  sequence.items = sequence.items.filter((item) => {
    const fields = isMap(item) ? (item.toJS(document) as { readonly [key: string]: unknown }) : {};
    if (!replaces(fields)) return true;
    removed.push(fields);
    return false;
  });
  const added = document.createNode(entry);
  if (added instanceof YAMLMap) sequence.add(added);
  sequence.flow = false;
  return { text: document.toString({ lineWidth: 0 }), removed };
}

function unfit(file: string): DbtError {
  return new DbtError('packages-invalid', `${file} has no list to which a package can be added`, {
    span: { file, line: 1, column: 1 },
    hint: "It has to be YAML with the key 'packages', a list.",
  });
}
