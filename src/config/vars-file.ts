import { DbtError } from '../diagnostics/errors.js';
import { dictEntries, dictGet, isDict, pyRepr, typeName } from '../jinja/values.js';
import { PROJECT_FILE, type ProjectFile } from './project-file.js';
import { readYamlFile } from './read-file.js';
import type { Vars } from './vars.js';
import { type Warn, warnDuplicates } from './warnings.js';

export const VARS_FILE = 'vars.yml';

/**
 * The variables of the root project's vars.yml, dbt 1.12's place for them: those below its key `vars`, as written. The
 * file is read before dbt_project.yml, which may therefore use them. Null without the file, or when it defines none;
 * other keys are none of dbt's. Throws `vars-invalid`, also when dbt_project.yml defines variables too, and `yaml-syntax`.
 */
export function readVarsFile(project: ProjectFile, warn: Warn): Vars | null {
  const document = readYamlFile(project.root, VARS_FILE, project.root, { dates: 'values' });
  if (!document || document.value === null) return null;
  warnDuplicates(document, warn);
  const fail = (message: string, path: readonly string[]): DbtError =>
    new DbtError('vars-invalid', message, {
      span: document.span(path, 'value'),
      sourceText: document.text,
      hint: "Write 'vars:' and below it a name and a value each.",
    });
  if (!isDict(document.value)) throw fail(`${document.file} does not parse to a dictionary`, []);
  const vars = dictGet(document.value, 'vars') ?? null;
  if (vars === null) return null;
  if (!isDict(vars)) throw fail(`'vars' must be a dictionary, but was of type '${typeName(vars)}'`, ['vars']);
  const entries = [...dictEntries(vars)];
  if (entries.length === 0) return null;
  const odd = entries.find(([name]) => typeof name !== 'string');
  if (odd) throw fail(`The names of variables must be text: ${pyRepr(odd[0])} is not of type 'string'`, ['vars']);
  refuseBoth(project);
  return Object.fromEntries(entries) as Vars;
}

function refuseBoth({ document, raw }: ProjectFile): void {
  const vars = dictGet(raw, 'vars');
  if (!isDict(vars) || [...dictEntries(vars)].length === 0) return;
  throw new DbtError('vars-invalid', `Variables cannot be defined in both ${VARS_FILE} and ${PROJECT_FILE}.`, {
    span: document.span(['vars']),
    sourceText: document.text,
    hint: `Move them to ${VARS_FILE}.`,
  });
}
