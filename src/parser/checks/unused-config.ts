import { configWarning } from '../../config/warnings.js';
import { isObject } from '../config/checks.js';
import type { ParserServices } from '../services.js';

const TREES: readonly (readonly [tree: string, type: string])[] = [
  ['models', 'model'],
  ['seeds', 'seed'],
  ['snapshots', 'snapshot'],
  ['sources', 'source'],
  ['data_tests', 'test'],
  ['unit_tests', 'unit_test'],
  ['metrics', 'metric'],
  ['semantic_models', 'semantic_model'],
  ['saved_queries', 'saved_query'],
  ['exposures', 'exposure'],
  ['functions', 'function'],
];

/** Warns of paths in dbt_project.yml that configure nothing. */
export function warnUnusedConfig(services: ParserServices): void {
  const used = usedPaths(services);
  const disabled = used.get('disabled') ?? new Set<string>();
  const unused: string[] = [];
  for (const [tree, type] of TREES) {
    const paths = new Set<string>();
    collect(
      services.config.project.config_trees[tree.replace('_models', '-models').replace('_queries', '-queries')],
      [],
      paths,
    );
    const fqns = used.get(type) ?? new Set<string>();
    for (const path of paths) {
      if (!fqns.has(path) && !disabled.has(path))
        unused.push([tree, ...path.split('\0').filter((part) => part !== '')].join('.'));
    }
  }
  if (unused.length === 0) return;
  const message =
    'Configuration paths exist in your dbt_project.yml file which do not apply to any resources.\n' +
    `There are ${unused.length} unused configuration paths:\n${unused.map((path) => `- ${path}`).join('\n')}`;
  services.warn(
    configWarning('UnusedResourceConfigPath', 'config-unused', message, {
      span: { file: 'dbt_project.yml', line: 1, column: 1 },
      hint: 'Correct the path: package, folders below the resource path, name.',
    }),
  );
}

/** Every beginning of every fqn, by kind of node. */
function usedPaths({ builder }: ParserServices): Map<string, Set<string>> {
  const used = new Map<string, Set<string>>();
  const add = (type: string, fqn: readonly string[]): void => {
    let paths = used.get(type);
    if (!paths) {
      paths = new Set(['']);
      used.set(type, paths);
    }
    let path = '';
    for (const part of fqn) {
      path = path === '' ? part : `${path}\0${part}`;
      paths.add(path);
    }
  };
  for (const { node } of builder.nodes.values()) add(node.resource_type, node.fqn);
  for (const source of builder.sources.values()) add('source', source.fqn);
  for (const exposure of builder.exposures.values()) add('exposure', exposure.fqn);
  for (const part of [builder.metrics, builder.semanticModels, builder.savedQueries]) {
    for (const { resource } of part.values()) add(resource.resource_type, resource.fqn);
  }
  for (const { test } of builder.unitTests.values()) add('unit_test', test.fqn);
  for (const entries of builder.disabled.values()) for (const { node } of entries) add('disabled', node.fqn);
  for (const nodes of builder.disabledSources.values()) for (const node of nodes) add('disabled', node.fqn);
  return used;
}

function collect(tree: unknown, path: readonly string[], paths: Set<string>): void {
  if (!isObject(tree)) return;
  for (const [key, value] of Object.entries(tree)) {
    if (isObject(value) && !key.startsWith('+')) collect(value, [...path, key], paths);
    else paths.add(path.join('\0'));
  }
}
