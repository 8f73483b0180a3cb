import type { KeyPath } from '../../config/render.js';

const LATER: ReadonlySet<unknown> = new Set(['tests', 'data_tests', 'description', 'loaded_at_query']);
const COLUMN_LISTS: ReadonlySet<unknown> = new Set(['columns', 'dimensions', 'measures', 'entities']);
const COLUMN_LATER: ReadonlySet<unknown> = new Set(['tests', 'data_tests', 'description']);
const LATE_CONFIG: ReadonlySet<unknown> = new Set(['pre_hook', 'post_hook', 'loaded_at_query']);

/**
 * Whether a value of an entry stays a template when the entry is read: tests, descriptions, hooks and filters are
 * rendered later, where more names are known. The path is that within the entry.
 */
export function keepsTemplate(key: string, path: KeyPath): boolean {
  if (path.length === 0) return false;
  switch (key) {
    case 'sources':
      if (path[0] === 'description' || path[0] === 'loaded_at_query') return true;
      if (path[0] === 'config' && path[1] === 'loaded_at_query') return true;
      return path[0] === 'tables' && isLate(path.slice(2));
    case 'macros':
      return path[0] === 'arguments' ? isLate(path.slice(1)) : isLate(path);
    case 'metrics':
      return path.at(-1) === 'filter' || path.at(-2) === 'filter' || isLate(path);
    case 'saved_queries':
      return (path[0] === 'query_params' && path[1] === 'where') || isLate(path);
    default:
      return isLate(path);
  }
}

function isLate(path: KeyPath): boolean {
  if (path.length >= 1 && LATER.has(path[0])) return true;
  if (path.length === 2 && LATER.has(path[1])) return true;
  if (path.length >= 2 && path[0] === 'config' && LATE_CONFIG.has(path[1])) return true;
  if (path.length === 5 && path[4] === 'description') return true;
  return path.length >= 3 && COLUMN_LISTS.has(path[0]) && COLUMN_LATER.has(path[2]);
}
