/** The values of the Jinja language: the door for the rest of tsdbt. */
export { bindArguments, type Parameter } from './values/bind.js';
export { compareText, pyCompare, pyEquals } from './values/compare.js';
export {
  type Clock,
  datetimeModule,
  isTzInfo,
  PyDate,
  PyDateTime,
  PyTime,
  PyTimeDelta,
  PyTimezone,
  parseIsoDateTime,
  type TzInfo,
  timezoneClass,
  UTC,
  type WallClock,
} from './values/datetime.js';
export { decimalConstructor, PyDecimal } from './values/decimal.js';
export {
  type DictLike,
  dictDelete,
  dictEntries,
  dictGet,
  dictHas,
  dictKeys,
  dictSet,
  dictSize,
  dictValues,
  isDict,
  PyDict,
} from './values/dict.js';
export { contains, iterate, pyLength, toArray, truthy, tryIterate } from './values/iterate.js';
export { floatRepr, isFloat, isInt, makeFloat, makeInt, PyFloat, toBigInt, toDouble } from './values/numbers.js';
export { toPlain } from './values/plain.js';
export {
  asHost,
  type BinaryOperator,
  type CallArgs,
  type HostObject,
  hostFunction,
  hostMethod,
  JINJA,
  NO_KEYWORDS,
} from './values/protocol.js';
export { PyBytes, PyDictView, PyIterator, PyRange } from './values/sequence.js';
export { PySet } from './values/set.js';
export { pyRepr, pyStr } from './values/text.js';
export { PyTuple } from './values/tuple.js';
export { typeName } from './values/type-name.js';
export { isUndefined, requireDefined, Undefined } from './values/undefined.js';
