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

/** @param {number} day @returns {string} YYYY-MM-DD */
export function formatDay(day) {
  return new Date(day * MS_PER_DAY).toISOString().slice(0, 10);
}

/** @param {number} day @param {number} second of the day @returns {string} YYYY-MM-DD HH:MM:SS */
export function formatTime(day, second) {
  return new Date(day * MS_PER_DAY + second * 1000).toISOString().slice(0, 19).replace('T', ' ');
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
