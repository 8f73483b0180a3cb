import type { LoadedMacro } from '../../context/macro-namespace.js';
import type { Macro, MacroArgument } from '../../contracts/nodes.js';
import { InternalError } from '../../diagnostics/errors.js';
import type { SourceSpan } from '../../diagnostics/span.js';
import { compileMacros } from '../../jinja/blocks.js';
import type { MacroDefinition } from '../../jinja/environment.js';
import type { SourceFile } from '../files/source-file.js';
import { errorAt } from '../parse-error.js';
import { unitId } from '../partial/unit.js';
import type { Units } from '../partial/units.js';
import { type MacroCall, macroCalls } from './calls.js';
import { KeptDefinition, type KeptMacro, keepDefinition } from './kept-definition.js';

/** A macro while properties files may still change it. */
export type MacroDraft = { -readonly [key in keyof Macro]: Macro[key] };

export interface DraftedMacro extends LoadedMacro {
  readonly macro: MacroDraft;
  readonly file: SourceFile;
  /** What its text calls that may be a macro. */
  readonly calls: readonly MacroCall[];
}

/** A macro as it is kept. */
interface KeptDraft {
  readonly definition: KeptMacro;
  readonly calls: readonly MacroCall[];
  readonly created_at: number;
}

/** Reads the macros, materializations and generic tests of files, in the order in which dbt has them. */
export class MacroReader {
  readonly macros: DraftedMacro[] = [];
  readonly #byId = new Map<string, DraftedMacro>();
  readonly #units: Units;
  readonly #now: () => number;
  readonly #unexpected: (kind: string, span: SourceSpan) => void;
  readonly #withArguments: boolean;

  /**
   * `unexpected` is told of tags at the top level that open none of dbt's blocks. With `withArguments` a macro has the
   * arguments of its definition until a properties file describes them: dbt's flag `validate_macro_args`. Tests below
   * `tests/generic` have none, as in dbt.
   */
  constructor(
    units: Units,
    now: () => number,
    unexpected: (kind: string, span: SourceSpan) => void,
    withArguments: boolean,
  ) {
    this.#units = units;
    this.#now = now;
    this.#unexpected = unexpected;
    this.#withArguments = withArguments;
  }

  /** The macro of this id. */
  byId(uniqueId: string): DraftedMacro | undefined {
    return this.#byId.get(uniqueId);
  }

  /** Adds a file's macros; of a file under `tests/generic` only the tests. */
  read(file: SourceFile, onlyTests = false): void {
    const withArguments = this.#withArguments && !onlyTests;
    const parse = (): void => {
      if (!file.text.includes('{%')) return;
      for (const definition of definitionsOf(file, (kind, span) => this.#unexpected(kind, span))) {
        if (definition.kind === 'docs') continue;
        if (onlyTests && definition.kind !== 'test' && definition.kind !== 'data_test') continue;
        const calls = macroCalls(definition.node);
        const draft = { definition, calls, created_at: this.#now() };
        this.#units.recorder.extra({ ...draft, definition: keepDefinition(definition) } satisfies KeptDraft);
        this.#add(file, draft, withArguments);
      }
    };
    this.#units.parse({ id: unitId(onlyTests ? 'test-macros' : 'macros', file), hash: file.hash }, parse, (extras) => {
      let all: readonly MacroDefinition[] | undefined;
      for (const kept of extras as readonly KeptDraft[]) {
        const load = (): MacroDefinition => {
          all ??= definitionsOf(file, () => {});
          const found = all.find(({ fullName }) => fullName === kept.definition.fullName);
          if (!found) throw new InternalError(`there is no macro ${kept.definition.fullName} in ${file.display}`);
          return found;
        };
        this.#add(file, { ...kept, definition: new KeptDefinition(kept.definition, load) }, withArguments);
      }
    });
  }

  #add(
    file: SourceFile,
    { definition, calls, created_at }: Omit<KeptDraft, 'definition'> & { readonly definition: MacroDefinition },
    withArguments: boolean,
  ): void {
    const uniqueId = `macro.${file.packageName}.${definition.fullName}`;
    const known = this.#byId.get(uniqueId);
    if (known) throw duplicateMacro(definition, known);
    const loaded: DraftedMacro = { macro: toMacro(file, definition, uniqueId, created_at), definition, file, calls };
    if (withArguments) loaded.macro.arguments = definition.parameters.map(({ name }) => undescribed(name));
    this.#byId.set(uniqueId, loaded);
    this.macros.push(loaded);
  }
}

function definitionsOf(
  file: SourceFile,
  onUnexpected: (kind: string, span: SourceSpan) => void,
): readonly MacroDefinition[] {
  return compileMacros(file.contents, { file: file.display, firstLine: file.firstLine, onUnexpected });
}

const undescribed = (name: string): MacroArgument => ({ name, type: null, description: '' });

function toMacro(file: SourceFile, definition: MacroDefinition, uniqueId: string, createdAt: number): MacroDraft {
  return {
    name: definition.fullName,
    resource_type: 'macro',
    package_name: file.packageName,
    path: file.original,
    original_file_path: file.original,
    unique_id: uniqueId,
    macro_sql: definition.sourceText,
    depends_on: { macros: [] },
    description: '',
    meta: {},
    docs: { show: true, node_color: null },
    config: { meta: {}, docs: { show: true, node_color: null } },
    patch_path: null,
    arguments: [],
    created_at: createdAt,
    supported_languages: definition.kind === 'materialization' ? (definition.supportedLanguages ?? ['sql']) : null,
  };
}

function duplicateMacro(definition: MacroDefinition, { macro, definition: other }: DraftedMacro): Error {
  return errorAt(
    'macro-duplicate',
    `dbt found two macros named "${macro.name}" in the project "${macro.package_name}".\n\n` +
      `To fix this error, rename or remove one of the following macros:\n    - ${definition.file}\n    - ${other.file}`,
    definition.span,
    { hint: 'Rename or remove one of the two.', notes: [{ message: 'The other one is here.', span: other.span }] },
  );
}
