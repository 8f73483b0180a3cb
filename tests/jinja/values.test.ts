import { describe, expect, it } from 'vitest';
import { compileTemplate } from '../../src/jinja/environment.js';
import {
  bindArguments,
  makeFloat,
  makeInt,
  PyDate,
  PyDecimal,
  PyDict,
  PyFloat,
  PyTuple,
  pyEquals,
  pyRepr,
  pyStr,
  toPlain,
  typeName,
} from '../../src/jinja/values.js';

const call = (positional: unknown[], keyword: Record<string, unknown> = {}) => ({
  positional,
  keyword: new Map(Object.entries(keyword)),
});

describe('numbers', () => {
  it('keep ints and floats apart', () => {
    expect(makeFloat(2)).toBeInstanceOf(PyFloat);
    expect(makeFloat(2.5)).toBe(2.5);
    expect([1, makeFloat(1), 1.5, 2n ** 70n, true, null].map(typeName)).toEqual([
      'int',
      'float',
      'float',
      'int',
      'bool',
      'NoneType',
    ]);
    expect(makeInt(2n ** 53n)).toBe(9007199254740992n);
    expect(makeInt(5n)).toBe(5);
    expect(Object.is(makeInt(-0), 0)).toBe(true);
    expect([makeFloat(-0), makeFloat(1e300), 1e16, 0.1].map(pyStr)).toEqual(['-0.0', '1e+300', '1e+16', '0.1']);
  });
});

describe('dicts', () => {
  it('have keys by value: 1, 1.0 and True are one, tuples are keys', () => {
    const dict = new PyDict();
    dict.set(1, 'a');
    dict.set(makeFloat(1), 'b');
    dict.set(true, 'c');
    dict.set(new PyTuple([1, 'x']), 't');
    dict.set('1', 's');
    expect(dict.size).toBe(3);
    expect(dict.get(new PyTuple([makeFloat(1), 'x']))).toBe('t');
    expect(pyStr(dict)).toBe("{1: 'c', (1, 'x'): 't', '1': 's'}");
    expect(dict.delete(new PyTuple([1, 'x']))).toBe(true);
    expect([...dict.keys()]).toEqual([1, '1']);
  });

  it('of the host are shared, not copied', () => {
    const shared = { a: 1, list: [1] };
    const template = compileTemplate("{% do x.update({'b': 2}) %}{% do x.list.append(2) %}{{ x.b }}", {
      file: 'm.sql',
    });
    expect(template.renderSync({ get: (name) => (name === 'x' ? shared : undefined) })).toBe('2');
    expect(shared).toEqual({ a: 1, b: 2, list: [1, 2] });
  });
});

describe('toPlain', () => {
  it('gives JSON-safe data', () => {
    const value = PyDict.from([
      ['a', new PyTuple([1, makeFloat(2), null])],
      [1, { b: [true] }],
      ['__proto__', 1],
    ]);
    const plain = toPlain(value) as Record<string, unknown>;
    expect(JSON.stringify(plain)).toBe('{"1":{"b":[true]},"a":[1,2,null],"__proto__":1}');
    expect(Object.getPrototypeOf(plain)).toBe(Object.prototype);
    expect(toPlain(new PyDate(2024, 2, 29))).toBe('2024-02-29');
    expect(toPlain(PyDecimal.from('1.50'))).toBe(1.5);
  });
});

describe('bindArguments', () => {
  const parameters = ['a', { name: 'b', default: 2 }];

  it('binds as Python does', () => {
    expect(bindArguments('f', call([1]), parameters)).toEqual([1, 2]);
    expect(bindArguments('f', call([], { b: 5, a: 4 }), parameters)).toEqual([4, 5]);
  });

  it.each([
    [call([]), "f() missing 1 required positional argument: 'a'"],
    [call([1, 2, 3]), 'f() takes from 1 to 2 positional arguments but 3 were given'],
    [call([1], { a: 2 }), "f() got multiple values for argument 'a'"],
    [call([1], { zz: 2 }), "f() got an unexpected keyword argument 'zz'"],
  ])('fails as Python does: %#', (args, message) => {
    expect(() => bindArguments('f', args, parameters)).toThrow(message);
  });
});

describe('equality and text', () => {
  it('compare by value', () => {
    expect(pyEquals([1, new PyTuple(['a'])], [makeFloat(1), new PyTuple(['a'])])).toBe(true);
    expect(pyEquals(9007199254740993n, 9007199254740992)).toBe(false);
    expect(pyEquals('1', 1)).toBe(false);
    expect(pyEquals(PyDecimal.from('1.10'), PyDecimal.from('1.1'))).toBe(true);
    expect(pyRepr([PyDecimal.from('1.10'), new PyDate(2024, 1, 2)])).toBe(
      "[Decimal('1.10'), datetime.date(2024, 1, 2)]",
    );
  });
});
