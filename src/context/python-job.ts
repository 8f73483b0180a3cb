import { DbtError } from '../diagnostics/errors.js';
import { dictGet, isDict, pyRepr, pyStr } from '../jinja/values.js';

/** dbt's condition of `submit_python_job`: it is `statement` that calls it, and a materialization that calls that. */
export function checkPythonJob(model: unknown, stack: readonly string[]): void {
  if (stack.length === 2 && stack[1] === 'macro.dbt.statement' && stack[0]?.includes('materialization')) return;
  const alias = isDict(model) ? pyStr(dictGet(model, 'alias') ?? null) : pyStr(model);
  throw new DbtError(
    'value-refused',
    `submit_python_job is not intended to be called here, at model ${alias}, with macro call_stack ${pyRepr([...stack])}.`,
    { hint: "dbt itself calls it, for models in Python, which tsdbt can't run." },
  );
}
