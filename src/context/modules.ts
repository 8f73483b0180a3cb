import { datetimeModule, PyDateTime } from '../jinja/values/datetime.js';
import { JINJA } from '../jinja/values.js';
import { itertoolsModule } from './modules/itertools.js';
import { pytzModule, UTC_ZONE } from './modules/pytz.js';
import { reModule } from './modules/re.js';

/** Jinja's `run_started_at`: the start of the invocation as Python's datetime, in pytz's UTC as in dbt. */
export function startedAt(date: Date): PyDateTime {
  return PyDateTime.fromWallMicros(BigInt(date.getTime()) * 1000n, UTC_ZONE);
}

/** Of Python's `datetime` what dbt offers: five classes, as a dictionary. */
function datetimeNames(clock: () => Date): { readonly [name: string]: unknown } {
  const module = datetimeModule(clock);
  const names = ['date', 'datetime', 'time', 'timedelta', 'tzinfo'];
  return Object.fromEntries(names.map((name) => [name, module[JINJA.attr]?.(name)]));
}

/**
 * Jinja's `modules`: the four of Python's modules that dbt offers, each made when it is first asked for. `onTime` is
 * called when the time is asked for, `onItertools` with each call of the module that is deprecated.
 */
export function contextModules(told: { readonly onTime?: () => void; readonly onItertools?: () => void } = {}): {
  readonly [name: string]: unknown;
} {
  const { onTime = () => {}, onItertools = () => {} } = told;
  const modules = {};
  const clock = (): Date => {
    onTime();
    return new Date();
  };
  const itertools = (): unknown => itertoolsModule(onItertools);
  const makers = { datetime: () => datetimeNames(clock), pytz: pytzModule, re: reModule, itertools };
  for (const [name, make] of Object.entries(makers)) {
    let made: unknown;
    Object.defineProperty(modules, name, {
      enumerable: true,
      get: () => {
        made ??= make();
        return made;
      },
    });
  }
  return modules;
}
