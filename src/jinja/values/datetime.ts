/** Python's datetime types: the door to `datetime/`. */
export { type Clock, datetimeModule, parseIsoDateTime } from './datetime/classes.js';
export { PyDate } from './datetime/date.js';
export { PyDateTime } from './datetime/datetime.js';
export { PyTime } from './datetime/time.js';
export { PyTimeDelta } from './datetime/timedelta.js';
export { isTzInfo, PyTimezone, type TzInfo, timezoneClass, UTC, type WallClock } from './datetime/timezone.js';
