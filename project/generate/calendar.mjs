// Days as whole numbers (days since 1970-01-01, UTC). The clock of the machine is never read.

const MS_PER_DAY = 86_400_000;

/** @param {string} text YYYY-MM-DD @returns {number} */
export function parseDay(text) {
  const ms = Date.parse(`${text}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(ms) || formatDay(ms / MS_PER_DAY) !== text) {
    throw new Error(`not a date (YYYY-MM-DD): ${text}`);
  }
  return ms / MS_PER_DAY;
}

/** Days that were written lately: there are few of them, and each stands in thousands of records. @type {Map<number, string>} */
const written = new Map();

/** @param {number} day @returns {string} YYYY-MM-DD */
export function formatDay(day) {
  const known = written.get(day);
  if (known !== undefined) return known;
  const text = new Date(day * MS_PER_DAY).toISOString().slice(0, 10);
  if (written.size >= 10_000) written.clear();
  written.set(day, text);
  return text;
}

/** @param {number} value 0 to 99 */
const two = (value) => (value < 10 ? `0${value}` : String(value));

/** @param {number} day @param {number} second of the day, or of a day after or before it @returns {string} YYYY-MM-DD HH:MM:SS */
export function formatTime(day, second) {
  const days = Math.floor(second / 86_400);
  const left = Math.floor(second - days * 86_400);
  const hour = Math.floor(left / 3_600);
  return `${formatDay(day + days)} ${two(hour)}:${two(Math.floor(left / 60) % 60)}:${two(left % 60)}`;
}

/** @param {number} day @returns {number} 0 = Sunday */
export function weekday(day) {
  return (((day + 4) % 7) + 7) % 7;
}

/** @param {number} day @returns {number} 0 .. 365 */
export function dayOfYear(day) {
  const date = new Date(day * MS_PER_DAY);
  return day - Date.UTC(date.getUTCFullYear(), 0, 1) / MS_PER_DAY;
}
