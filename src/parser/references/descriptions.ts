import type { TemplateContext } from '../../context/template-context.js';
import type { Documentation } from '../../contracts/nodes.js';
import { didYouMean } from '../../diagnostics/did-you-mean.js';
import { DbtError, isDbtError } from '../../diagnostics/errors.js';
import { findCalls } from '../../jinja/calls.js';
import { compileTemplate } from '../../jinja/environment.js';
import { hostFunction, isUndefined } from '../../jinja/values.js';
import type { PropertiesPlace } from '../nodes/draft.js';
import { hasJinja } from '../nodes/render-node.js';
import { placeOfText } from '../properties/place.js';
import type { ParserServices } from '../services.js';

/** What has a description. */
export interface Described {
  readonly unique_id: string;
  readonly package_name: string;
}

/** Renders descriptions, in which `doc()` gives the text of a docs block. */
export class Descriptions {
  readonly #services: ParserServices;
  readonly #names: (packageName: string) => TemplateContext;

  constructor(services: ParserServices, names: (packageName: string) => TemplateContext) {
    this.#services = services;
    this.#names = names;
  }

  /**
   * A description's text and the ids of the docs blocks that it names. `place` is where the entry with the description
   * is.
   */
  render(
    text: string,
    of: Described,
    place: PropertiesPlace | null,
  ): { readonly text: string; readonly blocks: string[] } {
    if (!hasJinja(text)) return { text, blocks: [] };
    const packageName = of.package_name;
    const names = this.#names(packageName);
    const doc = hostFunction('doc', ({ positional }) => this.#doc(positional, of).block_contents);
    const scope = { get: (name: string) => (name === 'doc' ? doc : names.get(name)), names: () => names.names() };
    try {
      const template = compileTemplate(text, { file: place?.file.display ?? '<description>' });
      return { text: template.renderSync(scope), blocks: this.#blocks(template, packageName) };
    } catch (error) {
      if (!isDbtError(error) || !place) throw error;
      throw new DbtError(error.code, error.message, {
        ...error.diagnostic,
        span: placeOfText(place, text),
        cause: error,
      });
    }
  }

  #blocks(template: ReturnType<typeof compileTemplate>, packageName: string): string[] {
    const blocks: string[] = [];
    for (const call of findCalls(template)) {
      if (call.name !== 'doc' || call.positional.some((value) => typeof value !== 'string')) continue;
      const found = this.#find(call.positional as readonly string[], packageName);
      if (found) blocks.push(found.unique_id);
    }
    return blocks;
  }

  #doc(positional: readonly unknown[], of: Described): Documentation {
    if (positional.length < 1 || positional.length > 2 || positional.some(isUndefined)) {
      throw new DbtError('doc-missing', `doc() takes at most two arguments (${positional.length} given)`);
    }
    const names = positional.map(String);
    const found = this.#find(names, of.package_name);
    if (found) return found;
    const known = [...this.#services.builder.docs.values()].map((d) => d.name);
    const [name = '', from] = [...names].reverse();
    const hint = didYouMean(name, known);
    throw new DbtError(
      'doc-missing',
      `Documentation for '${of.unique_id}' depends on doc '${name}' ${from === undefined ? '' : `in package '${from}' `}which was not found`,
      { hint: hint ?? `Write {% docs ${name} %} … {% enddocs %} in a .md file.` },
    );
  }

  #find(names: readonly string[], packageName: string): Documentation | undefined {
    const { builder, config } = this.#services;
    const [name, from] = [...names].reverse();
    const root = config.project.project_name;
    const packages = from !== undefined ? [from] : root === packageName ? [root] : [root, packageName];
    for (const candidate of packages) {
      const found = builder.docs.get(`doc.${candidate}.${name}`);
      if (found) return found;
    }
    if (from !== undefined) return undefined;
    return [...builder.docs.values()].find((doc) => doc.name === name);
  }
}
