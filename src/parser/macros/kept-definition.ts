import type { SourceSpan } from '../../diagnostics/span.js';
import type { BoundMacro, JinjaContext, MacroDefinition, MacroHooks, MacroParameter } from '../../jinja/environment.js';

/** A macro's definition without its code, as it is kept from one parse to the next. */
export interface KeptMacro {
  readonly kind: MacroDefinition['kind'];
  readonly name: string;
  readonly fullName: string;
  readonly adapter: string | null;
  readonly languages: readonly string[] | null;
  readonly span: SourceSpan;
  readonly sourceText: string;
  readonly parameters: readonly MacroParameter[];
}

/** What of a definition is kept. */
export function keepDefinition(definition: MacroDefinition): KeptMacro {
  const { kind, name, fullName, adapter = null, supportedLanguages: languages = null } = definition;
  const { span, sourceText, parameters } = definition;
  return { kind, name, fullName, adapter, languages, span, sourceText, parameters };
}

/** A definition whose code is parsed when the macro is first called. */
export class KeptDefinition implements MacroDefinition {
  readonly kind: MacroDefinition['kind'];
  readonly name: string;
  readonly fullName: string;
  readonly adapter: string | undefined;
  readonly supportedLanguages: readonly string[] | undefined;
  readonly span: SourceSpan;
  readonly sourceText: string;
  readonly parameters: readonly MacroParameter[];
  readonly #load: () => MacroDefinition;
  #loaded: MacroDefinition | undefined;

  constructor(kept: KeptMacro, load: () => MacroDefinition) {
    this.kind = kept.kind;
    this.name = kept.name;
    this.fullName = kept.fullName;
    this.adapter = kept.adapter ?? undefined;
    this.supportedLanguages = kept.languages ?? undefined;
    this.span = kept.span;
    this.sourceText = kept.sourceText;
    this.parameters = kept.parameters;
    this.#load = load;
  }

  get file(): string {
    return this.span.file;
  }

  get source(): MacroDefinition['source'] {
    return this.#definition.source;
  }

  get node(): MacroDefinition['node'] {
    return this.#definition.node;
  }

  bind(context: JinjaContext, hooks?: MacroHooks): BoundMacro {
    return this.#definition.bind(context, hooks);
  }

  get #definition(): MacroDefinition {
    this.#loaded ??= this.#load();
    return this.#loaded;
  }
}
