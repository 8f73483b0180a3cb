import { configWarning } from '../config/warnings.js';
import { asRecord } from '../config/yaml.js';
import type { JsonObject, Owner, RefArgs } from '../contracts/common.js';
import type { Exposure, Group } from '../contracts/nodes.js';
import { pyStr, toPlain } from '../jinja/values.js';
import { type Config, ConfigRefused } from './config/merge.js';
import { fqnPrefix } from './nodes/render-node.js';
import { object, texts } from './properties/columns.js';
import type { PropertiesEntry } from './properties/file.js';
import { descriptionOf, textOf } from './properties/normalize.js';
import { placeOf } from './properties/place.js';
import { invalidEntry } from './properties/shape.js';
import { readReference } from './references/expression.js';
import type { ParserServices } from './services.js';

/** Adds an exposure. */
export function parseExposure(services: ParserServices, entry: PropertiesEntry): void {
  const { data } = entry;
  const { packageName, relative, original } = entry.file.file;
  const fail = (path: readonly (string | number)[], message: string, hint: string): Error =>
    entry.file.error(
      [...entry.place.path, ...path],
      `Invalid exposures config given in ${original} @ exposures: ${message}`,
      hint,
    );
  warnName(services, entry);
  const owner = checkedOwner(entry, 'Exposure');
  const uniqueId = `exposure.${packageName}.${entry.name}`;
  if (services.builder.exposures.has(uniqueId)) {
    throw fail(['name'], `dbt found two exposures with the name "${entry.name}".`, 'Rename or remove one of the two.');
  }
  const fqn = [...fqnPrefix(packageName, relative), entry.name];
  const patch = object(data['config']);
  const request = { type: 'exposure' as const, packageName, fqn, patch };
  let config: Config;
  try {
    config = withProperties(services, packageName, data, services.resolver.resolve(request));
  } catch (error) {
    if (error instanceof ConfigRefused) throw fail(['config', error.key], error.message, `Correct '${error.key}'.`);
    throw error;
  }
  const references = dependencies(services, entry, fail);
  const exposure: Exposure = {
    name: entry.name,
    resource_type: 'exposure',
    package_name: packageName,
    path: relative,
    original_file_path: original,
    unique_id: uniqueId,
    fqn,
    type: pyStr(data['type']),
    owner: ownerOf(owner),
    description: descriptionOf(entry),
    label: textOf(data, 'label'),
    maturity: textOf(data, 'maturity'),
    meta: config['meta'] as JsonObject,
    tags: config['tags'] as string[],
    config: config as JsonObject,
    unrendered_config: services.resolver.resolveUnrendered(request) as JsonObject,
    url: textOf(data, 'url'),
    depends_on: { macros: [], nodes: [] },
    refs: references.refs,
    sources: references.sources,
    metrics: references.metrics,
    created_at: services.now(),
  };
  if (config['enabled'] !== false) services.builder.exposures.set(uniqueId, exposure);
  else services.builder.disable(exposure);
}

/** The owner of an exposure or a group, who must be named. */
function checkedOwner(entry: PropertiesEntry, kind: string): { readonly [key: string]: unknown } {
  const owner = asRecord(entry.data['owner']) ?? {};
  if ((owner['name'] ?? null) !== null || (owner['email'] ?? null) !== null) return owner;
  const message = `at path []: ${kind} owner must have at least one of 'name' or 'email'.`;
  throw invalidEntry(entry, ['owner'], message, "Write 'owner: {email: …}'.");
}

function warnName(services: ParserServices, entry: PropertiesEntry): void {
  if (/^[\p{L}\p{N}_-]+$/u.test(entry.name)) return;
  const message = `The name of an exposure should have letters, digits and underscores alone. '${entry.name}' has others.`;
  const details = { span: placeOf(entry.place, ['name']), hint: "Put the title into 'label'." };
  services.warn(configWarning('ExposureNameDeprecation', 'properties-deprecated', message, details));
}

/** Tags and meta beside `config:` and at the top of dbt_project.yml's tree join those of the configuration. */
function withProperties(services: ParserServices, packageName: string, data: Config, config: Config): Config {
  const project = services.config.packages.get(packageName) ?? services.config.project;
  const tree = object(project.config_trees['exposures']);
  return {
    ...config,
    tags: [...new Set([tree['tags'], data['tags'], config['tags']].flatMap(texts))].sort(),
    meta: { ...object(tree['meta']), ...object(data['meta']), ...object(config['meta']) },
  };
}

function dependencies(
  services: ParserServices,
  entry: PropertiesEntry,
  fail: (path: readonly (string | number)[], message: string, hint: string) => Error,
): { refs: RefArgs[]; sources: (readonly string[])[]; metrics: (readonly string[])[] } {
  const found = { refs: [] as RefArgs[], sources: [] as (readonly string[])[], metrics: [] as (readonly string[])[] };
  const list = entry.data['depends_on'];
  if (!Array.isArray(list)) return found;
  list.forEach((item, i) => {
    const text = pyStr(item);
    const metric = /^\s*metric\(\s*['"]([^'"]+)['"](?:\s*,\s*['"]([^'"]+)['"])?\s*\)\s*$/.exec(text);
    if (metric) {
      found.metrics.push(metric.slice(1).filter((part): part is string => part !== undefined));
      return;
    }
    const target = readReference(text);
    if (!target && !/\b(?:ref|source|metric)\s*\(/.test(text)) {
      warnDependency(services, entry, i);
      return;
    }
    if (!target)
      throw fail(['depends_on', i], `'${text}' is neither ref() nor source() nor metric()`, "Write ref('model').");
    if (Array.isArray(target)) found.sources.push([...(target as readonly string[])]);
    else found.refs.push(target as RefArgs);
  });
  return found;
}

/** dbt says nothing about a dependency that is no reference, and there is none. */
function warnDependency(services: ParserServices, entry: PropertiesEntry, i: number): void {
  const written = (entry.data['depends_on'] as readonly string[])[i] ?? '';
  const message = `'${written}' in depends_on of exposure '${entry.name}' is neither ref() nor source() nor metric(): the exposure depends on nothing by it`;
  services.warn(
    configWarning('ValidationWarning', 'exposure-dependency', message, {
      span: entry.file.document.span([...entry.place.path, 'depends_on', i]),
      sourceText: entry.file.file.text,
      hint: `Write "ref('${written}')".`,
    }),
  );
}

/** Adds a group. */
export function parseGroup(services: ParserServices, entry: PropertiesEntry): void {
  const { packageName, original } = entry.file.file;
  const owner = checkedOwner(entry, 'Group');
  const uniqueId = `group.${packageName}.${entry.name}`;
  if (services.builder.groups.has(uniqueId)) {
    throw entry.file.error(
      [...entry.place.path, 'name'],
      `dbt found two groups with the name "${entry.name}".`,
      'Rename or remove one of the two.',
    );
  }
  const group: Group = {
    name: entry.name,
    resource_type: 'group',
    package_name: packageName,
    path: entry.file.file.relative,
    original_file_path: original,
    unique_id: uniqueId,
    owner: ownerOf(owner),
    description: textOf(entry.data, 'description'),
    config: groupConfig(services, entry),
  };
  services.builder.groups.set(uniqueId, group);
}

/** A group's configuration is laid over that of the models in its place, as in dbt; it has no hooks. */
function groupConfig({ resolver }: ParserServices, entry: PropertiesEntry): JsonObject {
  const { packageName, relative } = entry.file.file;
  const fqn = [...fqnPrefix(packageName, relative), entry.name];
  const patch = object(entry.data['config']);
  try {
    const {
      'pre-hook': _pre,
      'post-hook': _post,
      ...config
    } = resolver.resolve({ type: 'group', packageName, fqn, patch });
    return config as JsonObject;
  } catch (error) {
    if (!(error instanceof ConfigRefused)) throw error;
    throw invalidEntry(entry, ['config', error.key], error.message, `Correct '${error.key}'.`);
  }
}

function ownerOf(owner: { readonly [key: string]: unknown }): Owner {
  const { name = null, email = null, ...rest } = toPlain(owner) as { [key: string]: unknown };
  return { email: email as string | null, name: name as string | null, ...rest };
}
