import { describe, expect, it } from 'vitest';
import type { NodeCompiler } from '../../src/compiler/compile-node.js';
import { DbtError } from '../../src/diagnostics/errors.js';
import { describeFailure } from '../../src/runner/node-error.js';
import { makeNode } from '../helpers/nodes.js';

const compiler = { culpritOf: () => undefined } as unknown as NodeCompiler;

describe('the failure of a node', () => {
  it('is told as a bug of tsdbt when it is one, with the stack to report', () => {
    const { diagnostic, message } = describeFailure(new TypeError('x is not a function'), makeNode(), compiler);
    expect(diagnostic.code).toBe('internal-error');
    expect(diagnostic.message).toContain('bug of tsdbt: x is not a function');
    expect(diagnostic.notes?.[0]?.message).toContain('node-error.test');
    expect(message).toBe('Internal Error\n  x is not a function');
  });

  it('gets the file of the node when it has no place of its own', () => {
    const node = makeNode();
    const { diagnostic } = describeFailure(new DbtError('macro-missing', 'no such macro'), node, compiler);
    expect(diagnostic).toMatchObject({
      code: 'macro-missing',
      span: { file: node.original_file_path, line: 1, column: 1 },
      uniqueId: node.unique_id,
    });
  });
});
