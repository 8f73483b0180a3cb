import { didYouMean } from '../diagnostics/did-you-mean.js';
import { type DictLike, dictEntries, isDict, pyStr } from '../jinja/values.js';
import { configKeys, TEXT_MAPS, TOP_LEVEL_KEYS } from './project-config-keys.js';
import type { ProjectFile } from './project-file.js';
import { configWarning, type Warn } from './warnings.js';

/**
 * Warns of keys in dbt_project.yml as dbt's JSON schema of it does. dbt has schemas for a few warehouses only, DuckDB
 * not among them, and so looks at them where it reads no profile: `deps` and `clean`. Trees are looked at in
 * alphabetical order, so that the first of each kind is dbt's.
 */
export function checkProjectKeys(file: ProjectFile, warn: Warn): void {
  const { document } = file;
  if (!isDict(document.value)) return;
  const entries = [...dictEntries(document.value)].map(([key, value]) => [pyStr(key), value] as const);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [key, value] of entries) {
    const known = configKeys(key);
    if (known && isDict(value)) checkTree(file, warn, known, key, value, []);
    if (key === 'dispatch' && Array.isArray(value)) {
      value.forEach((entry, i) => {
        checkDispatch(file, warn, entry, i);
      });
    }
  }
  for (const [key] of entries) {
    if (TOP_LEVEL_KEYS.has(key) || /\s/.test(key)) continue;
    const message = `Unexpected top-level key ${key} in file \`${document.file}\``;
    warn(
      configWarning('CustomTopLevelKeyDeprecation', 'project-deprecated', message, {
        ...at(file, [key]),
        hint: didYouMean(key, TOP_LEVEL_KEYS) ?? 'Values of your own belong under vars:.',
      }),
    );
  }
}

function checkTree(
  file: ProjectFile,
  warn: Warn,
  known: ReadonlySet<string>,
  tree: string,
  value: DictLike,
  path: readonly string[],
): void {
  for (const [rawKey, item] of dictEntries(value)) {
    const key = pyStr(rawKey);
    const below = [...path, key];
    if (known.has(key)) {
      if (!TEXT_MAPS.has(key) || !isDict(item)) continue;
      for (const [name, text] of dictEntries(item)) {
        if (typeof text !== 'string') warnOfKey(file, warn, known, tree, [...below, pyStr(name)]);
      }
    } else if (isDict(item)) checkTree(file, warn, known, tree, item, below);
    else warnOfKey(file, warn, known, tree, below);
  }
}

function warnOfKey(
  file: ProjectFile,
  warn: Warn,
  known: ReadonlySet<string>,
  tree: string,
  path: readonly string[],
): void {
  const key = path.at(-1) ?? '';
  const where = `\`${path.join('.')}\` in file \`${file.document.file}\``;
  const place = at(file, [tree, ...path]);
  if (known.has(`+${key}`) && !path.some((part) => known.has(part))) {
    const message = `Missing '+' prefix on \`${key}\` found at ${where}. A config without it could be a folder.`;
    warn(
      configWarning('MissingPlusPrefixDeprecation', 'project-deprecated', message, {
        ...place,
        hint: `Write it as +${key}.`,
      }),
    );
    return;
  }
  const message = `Custom key \`${key}\` found in the configs of ${tree} at ${where}.`;
  warn(
    configWarning('CustomKeyInConfigDeprecation', 'project-deprecated', message, {
      ...place,
      hint: didYouMean(key, known) ?? 'Values of your own belong under +meta.',
    }),
  );
}

function checkDispatch(file: ProjectFile, warn: Warn, entry: unknown, index: number): void {
  if (!isDict(entry)) return;
  for (const [rawKey] of dictEntries(entry)) {
    const key = pyStr(rawKey);
    if (key === 'macro_namespace' || key === 'search_order' || /\s/.test(key)) continue;
    const message = `Custom key \`${key}\` found at \`dispatch[${index}]\` in file \`${file.document.file}\`.`;
    warn(
      configWarning('CustomKeyInObjectDeprecation', 'project-deprecated', message, {
        ...at(file, ['dispatch', index, key]),
        hint: didYouMean(key, ['macro_namespace', 'search_order']) ?? 'An entry has macro_namespace and search_order.',
      }),
    );
  }
}

function at(
  { document }: ProjectFile,
  path: readonly (string | number)[],
): {
  readonly span: ReturnType<ProjectFile['document']['span']>;
  readonly sourceText: string;
} {
  return { span: document.span([...path]), sourceText: document.text };
}
