// Days are whole numbers since the payload's epoch, and YYYY-MM-DD outside. Date is used in UTC
// alone: a local-time Date would put readers west of Greenwich one day early.

/** @import { Days } from "./types.d.ts" */

const DAY_MS = 86400000;

/**
 * @param {string} epoch
 * @param {number} count
 * @returns {Days}
 */
export function makeDays(epoch, count) {
  const origin = Date.parse(`${epoch}T00:00:00Z`) / DAY_MS;
  /** @type {Days["clamp"]} */
  const clamp = (day) => Math.max(0, Math.min(count - 1, Math.round(day)));
  /** @type {Days["iso"]} */
  const iso = (day) => new Date((origin + day) * DAY_MS).toISOString().slice(0, 10);
  /** @type {Days["parse"]} */
  const parse = (text) => {
    const day = Date.parse(`${text}T00:00:00Z`) / DAY_MS - origin;
    // Browsers take 30 February for 2 March.
    if (Number.isNaN(day) || iso(day) !== text)
      throw new RangeError(`not a day: ${text}; expected YYYY-MM-DD`);
    return day;
  };
  return { count, clamp, iso, parse };
}
