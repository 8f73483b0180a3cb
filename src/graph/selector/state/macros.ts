import type { UniqueId } from '../../../contracts/common.js';
import type { Manifest } from '../../../contracts/manifest.js';
import type { Selectable } from '../resources.js';

/** Tells for any node whether a macro that it uses, directly or through others, is new, gone or has another text. */
export function modifiedMacros(manifest: Manifest, before: Manifest): (node: Selectable) => boolean {
  const changed = new Set<UniqueId>();
  const counts = builtIns(manifest) === builtIns(before) ? () => true : (id: UniqueId) => !isBuiltIn(id, manifest);
  for (const [id, macro] of Object.entries(manifest.macros)) {
    if (before.macros[id]?.macro_sql !== macro.macro_sql && counts(id)) changed.add(id);
  }
  for (const id of Object.keys(before.macros)) {
    if (!Object.hasOwn(manifest.macros, id) && counts(id)) changed.add(id);
  }
  if (changed.size === 0) return () => false;

  const verdicts = new Map<UniqueId, boolean>();
  function touches(id: UniqueId): boolean {
    const known = verdicts.get(id);
    if (known !== undefined) return known;
    verdicts.set(id, changed.has(id));
    const verdict = changed.has(id) || (manifest.macros[id]?.depends_on.macros ?? []).some(touches);
    verdicts.set(id, verdict);
    return verdict;
  }
  return (node) => (node.depends_on?.macros ?? []).some(touches);
}

/**
 * Whose built-in macros a manifest has. Those of dbt have another text and the same results: against a manifest of the other tool they
 * do not count, or every node would be modified on the day that a team moves over.
 */
function builtIns(manifest: Manifest): 'tsdbt' | 'dbt' {
  return Object.keys(manifest.macros).some((id) => id.startsWith('macro.dbt.tsdbt__')) ? 'tsdbt' : 'dbt';
}

function isBuiltIn(id: UniqueId, { metadata }: Manifest): boolean {
  return id.startsWith('macro.dbt.') || id.startsWith(`macro.dbt_${metadata.adapter_type}.`);
}
