import type { Names } from '../../config/render.js';
import { renderYaml } from '../../config/render.js';
import { type Warn, warnDuplicates } from '../../config/warnings.js';
import { asRecord, type YamlDocument } from '../../config/yaml.js';
import { baseMembers } from '../../context/base-context.js';
import type { Invocation } from '../../context/invocation.js';
import { layer, type Members, TemplateContext } from '../../context/template-context.js';
import { VarsView } from '../../context/vars.js';
import { pyStr, typeName } from '../../jinja/values.js';
import type { SourceFile } from '../files/source-file.js';
import type { PropertiesPlace } from '../nodes/draft.js';
import { errorAt } from '../parse-error.js';
import type { ParserServices } from '../services.js';
import { readDocument } from './document.js';
import { keepsTemplate } from './unrendered.js';

/** A mapping of a properties file. */
export type Record = { readonly [key: string]: unknown };

/** One entry of a list such as `models:`, rendered. */
export interface PropertiesEntry {
  readonly key: string;
  readonly file: PropertiesFile;
  readonly name: string;
  /** As dbt has it after rendering; tests and descriptions are still templates. */
  readonly data: Record;
  /** As written. */
  readonly raw: Record;
  readonly place: PropertiesPlace;
}

/** The lists whose entries must be named dictionaries before anything of the file is looked at. */
const CHECKED_KEYS = [
  'models',
  'seeds',
  'snapshots',
  'sources',
  'macros',
  'analyses',
  'exposures',
  'metrics',
  'semantic_models',
  'saved_queries',
  'functions',
];

/** A properties file. */
export class PropertiesFile {
  readonly file: SourceFile;
  readonly document: YamlDocument;
  readonly #root: Record;
  readonly #names: () => Names;

  constructor(file: SourceFile, document: YamlDocument, root: Record, names: () => Names) {
    this.file = file;
    this.document = document;
    this.#names = names;
    this.#root = root;
  }

  /** The names that templates of the file see; new ones each time, for each part of the file notes what it reads. */
  get names(): Names {
    return this.#names();
  }

  /** Whether the file has a list of this name. */
  has(key: string): boolean {
    return Object.hasOwn(this.#root, key);
  }

  /** The keys at the top of the file. */
  keys(): readonly string[] {
    return Object.keys(this.#root);
  }

  /** The entries of a list as they are written; none when there is no such list. */
  written(key: string): readonly unknown[] {
    const list = this.#root[key];
    return Array.isArray(list) ? list : [];
  }

  /** The number of entries of a list; one, which is refused, for what is no list. */
  count(key: string): number {
    const list = this.#root[key];
    if (list === undefined) return 0;
    return Array.isArray(list) ? list.length : 1;
  }

  /** The entries of a list, rendered; none when the file does not have it. */
  *entries(key: string): IterableIterator<PropertiesEntry> {
    for (let i = 0; i < this.count(key); i++) yield this.entry(key, i);
  }

  /** One entry of a list, rendered. */
  entry(key: string, i: number): PropertiesEntry {
    const list = this.#root[key];
    if (!Array.isArray(list)) {
      throw this.error(
        [key],
        `${key} must be a list, got <class '${typeName(list)}'> instead`,
        `Write each entry as '- name: …'.`,
      );
    }
    const item: unknown = list[i];
    const raw = asRecord(item);
    if (!raw)
      throw this.error(
        [key, i],
        `Invalid ${key} config given in ${this.file.original}: expected a dict with string keys`,
      );
    if (!Object.hasOwn(raw, 'name') && !Object.hasOwn(raw, 'model')) {
      throw this.error([key, i], 'Entry did not contain a name', `Add 'name: …' to it.`);
    }
    const path = [key, i];
    const rendered = renderYaml(item, this.names, {
      document: this.document,
      base: path,
      keep: (at) => keepsTemplate(key, at.slice(2)),
    });
    const data = asRecord(rendered) ?? {};
    return { key, file: this, name: pyStr(data['name']), data, raw, place: { file: this.file, path } };
  }

  /** An error at a place of the file. */
  error(path: readonly (string | number)[], message: string, hint?: string): Error {
    return errorAt('properties-invalid', message, this.document.span(path), {
      sourceText: this.file.text,
      ...(hint === undefined ? {} : { hint }),
    });
  }
}

/** Reads properties files. */
export class PropertiesReader {
  readonly #services: ParserServices;
  readonly #members: Members;

  constructor(services: ParserServices) {
    this.#services = services;
    this.#members = yamlMembers(services.invocation);
  }

  /** The names that a package's properties files see. */
  names(packageName: string): TemplateContext {
    return yamlNames(this.#services.invocation, packageName, this.#members);
  }

  /** Reads a file; undefined when there is nothing in it. */
  read(file: SourceFile, warn: Warn): PropertiesFile | undefined {
    const document = readDocument(file);
    warnDuplicates(document, warn);
    if (document.value === null || document.value === undefined) return undefined;
    const root = asRecord(document.value);
    const properties = new PropertiesFile(file, document, root ?? {}, () => this.names(file.packageName));
    if (!root) throw properties.error([], `Contents of file '${file.original}' are not valid. Dictionary expected.`);
    for (const key of CHECKED_KEYS) if (Object.hasOwn(root, key)) check(properties, key, root[key]);
    return properties;
  }
}

function yamlMembers(invocation: Invocation): Members {
  const { config } = invocation;
  return layer(baseMembers(invocation), [
    [
      'var',
      (context) =>
        new VarsView({
          config,
          packageName: context.owner?.package_name ?? config.project.project_name,
          render: (text) => text,
          required: true,
          nodeName: null,
          reads: invocation.reads,
        }),
    ],
  ]);
}

/** The names that templates in a package's properties files see: dbt's base context, and the package's `var`. */
export function yamlNames(
  invocation: Invocation,
  packageName: string,
  members = yamlMembers(invocation),
): TemplateContext {
  const owner = { name: packageName, unique_id: packageName, package_name: packageName, resource_type: 'package' };
  const { reads } = invocation;
  return new TemplateContext({ owner, members: members as Members<never>, macros: null, reads });
}

function check(properties: PropertiesFile, key: string, list: unknown): void {
  const path = properties.file.original;
  const invalid = (at: readonly (string | number)[], why: string, hint: string): Error =>
    properties.error(at, `The schema file at ${path} is invalid because ${why}`, hint);
  if (!Array.isArray(list))
    throw invalid([key], `the value of '${key}' is not a list`, `Write each entry as '- name: …'.`);
  for (const [i, item] of list.entries()) {
    const entry = asRecord(item);
    if (!entry) throw invalid([key, i], `a list element for '${key}' is not a dictionary`, `Write it as '- name: …'.`);
    if (!Object.hasOwn(entry, 'name')) {
      throw invalid([key, i], `a list element for '${key}' does not have a name attribute.`, `Add 'name: …' to it.`);
    }
  }
}
