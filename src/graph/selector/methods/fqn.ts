import { fnmatch, hasWildcard } from '../fnmatch.js';
import { idsWhere, type SelectorMethod, textValue } from '../method.js';

/**
 * `fqn:orders`, `fqn:staging.orders`, `fqn:package.staging.*`: nodes by name, by the beginning of their dotted path
 * with or without the package, or by pattern. The default for a value that is not a path or a file. Not for sources.
 */
export const fqn: SelectorMethod = ({ resources }, value) => {
  const selector = textValue(value, 'fqn');
  const { nodes, exposures, metrics, unitTests, semanticModels, savedQueries, functions } = resources;
  return [nodes, exposures, metrics, unitTests, semanticModels, savedQueries, functions].flatMap((part) =>
    idsWhere(part, (node) => {
      const path = node.fqn ?? [];
      const versioned = node.resource_type === 'model' && node.version !== null && node.version !== undefined;
      return matches(path, selector, versioned) || matches(path.slice(1), selector, versioned);
    }),
  );
};

function matches(path: readonly string[], selector: string, versioned: boolean): boolean {
  const wanted = selector.split('.');
  // The path of a versioned model ends in its name and `v<n>`.
  const leaf = versioned ? path.at(-2) : path.at(-1);
  if (leaf === undefined) return false;
  if (leaf === selector) return true;
  if (versioned && path.slice(-2).join('_') === wanted.slice(-2).join('_')) return true;
  // A dot within a name separates like one between names.
  const flat = path.flatMap((segment) => segment.split('.'));
  if (flat.length < wanted.length) return false;
  const wild = wanted.findIndex((part) => hasWildcard(part));
  const literal = wild === -1 ? wanted : wanted.slice(0, wild);
  if (!literal.every((part, i) => flat[i] === part)) return false;
  if (wild === -1) return true;
  if (fnmatch(flat.slice(wild).join('.'), wanted.slice(wild).join('.'))) return true;
  return !selector.includes('.') && fnmatch(leaf, selector);
}
