import { describe, expect, it } from 'vitest';
import { type Plain, parseCase } from './parse-case.js';

/** Where tsdbt does more with functions than dbt 1.11: `deviates` of the case. */
describe('functions', () => {
  it('enabled in properties files, described in their own package, descriptions rendered', async () => {
    const { manifest, warnings } = await parseCase('functions-own');
    if (!manifest) throw new Error('refused');
    const functions = manifest['functions'] as { [id: string]: Plain };
    expect(Object.keys(functions).sort()).toEqual([
      'function.lib.only_here',
      'function.lib.plus',
      'function.shop.plus',
      'function.shop.switched_on',
    ]);
    expect(Object.keys(manifest['disabled'] as object)).toEqual(['function.shop.disabled_in_yaml']);
    expect(functions['function.shop.plus']).toMatchObject({
      description: 'What a function is *for*.',
      doc_blocks: ['doc.shop.words'],
      arguments: [{ name: 'a', data_type: 'integer', description: 'a number', default_value: null }],
      returns: { data_type: 'integer', description: 'a sum' },
    });
    expect(functions['function.lib.plus']).toMatchObject({
      description: "lib's own",
      returns: { data_type: 'bigint', description: null },
    });
    expect(functions['function.lib.only_here']).toMatchObject({ description: 'described by the root' });
    const model = (manifest['nodes'] as { [id: string]: Plain })['model.shop.m'];
    expect(model).toMatchObject({
      depends_on: { nodes: ['function.shop.switched_on', 'function.lib.plus', 'function.shop.plus'] },
    });
    expect(warnings).toEqual([]);
  });
});
