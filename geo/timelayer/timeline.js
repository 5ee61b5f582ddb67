// What stands on a day, by the rules of geo/timeline.py; tests/cases/time.json holds both.

import { LANES, NO_CLAIM } from "./ledger.js";

/** @import { Clock, Heard, Hearing, Ledger, Spells, Status, Timeline } from "./types.d.ts" */

/**
 * Spells: which claim stands in a slot (a place's lane) from which day, in order of slot and day.
 * @param {Ledger} ledger
 * @param {Heard} heard
 * @param {Clock} clock
 * @returns {Spells}
 */
function makeSpells(ledger, heard, clock) {
  const slots = ledger.placeCount * LANES;
  const { stated, effective, claimant, slotStart } = ledger;
  const from = clock === "now" ? effective : stated;
  const [day, claim, slotOf] = [0, 1, 2].map(() => new Int32Array(ledger.count));
  let size = 0;
  for (let slot = 0; slot < slots; slot++) {
    const start = size;
    // Backwards: a claim stands until the first day that a later-stated one speaks of.
    let horizon = Infinity;
    for (let c = slotStart[slot + 1] - 1; c >= slotStart[slot]; c--) {
      if (!heard(claimant[c]) || from[c] >= horizon) continue;
      horizon = from[c];
      day[size] = Math.max(0, horizon);
      claim[size] = c;
      slotOf[size++] = slot;
    }
    day.subarray(start, size).reverse();
    claim.subarray(start, size).reverse();
  }
  return { size, day, claim, slotOf };
}

/**
 * Items in order of their day: those of day d run from first[d] to first[d + 1].
 * @param {Int32Array} days
 * @param {number} span
 */
function byDay(days, span) {
  const first = new Int32Array(span + 1);
  for (const day of days) first[day + 1]++;
  for (let day = 0; day < span; day++) first[day + 1] += first[day];
  const next = first.slice(0, span);
  const order = new Int32Array(days.length);
  for (let i = 0; i < days.length; i++) order[next[days[i]]++] = i;
  return { first, order };
}

/**
 * On which days a place looks different because what stands there is old: it pales, or its
 * disagreement is no longer live. Places in order of day.
 * @param {Ledger} ledger
 * @param {Set<number>} ages
 * @param {Spells} spells
 */
function makeFades(ledger, ages, { size, day, claim, slotOf }) {
  const span = ledger.days.count;
  /** @type {{ when: number[], place: number[] }} */
  const { when, place } = { when: [], place: [] };
  for (let i = 0; i < size; i++) {
    const end = i + 1 < size && slotOf[i + 1] === slotOf[i] ? day[i + 1] : span;
    for (const age of ages) {
      const pales = ledger.stated[claim[i]] + age + 1;
      if (pales <= day[i] || pales >= end) continue;
      when.push(pales);
      place.push(ledger.place[claim[i]]);
    }
  }
  const { first, order } = byDay(Int32Array.from(when), span);
  return { first, places: order.map((i) => place[i]) };
}

/**
 * What stands, kept up to date while the day moves: only what changes on the way is touched.
 * `current[slot]` is a claim or NO_CLAIM.
 * @param {Ledger} ledger
 * @param {Heard} heard
 * @param {Hearing} hearing
 * @returns {Timeline}
 */
export function makeTimeline(ledger, heard, { clock, within, fadesAfter }) {
  const spells = makeSpells(ledger, heard, clock);
  const { claim, slotOf } = spells;
  const { first, order } = byDay(spells.day.subarray(0, spells.size), ledger.days.count);
  const fades = makeFades(ledger, new Set([...fadesAfter.slice(1), within]), spells);
  const current = new Int32Array(ledger.placeCount * LANES).fill(NO_CLAIM);
  let today = -1;
  /** @type {(spell: number) => number} */
  const before = (i) => (i > 0 && slotOf[i - 1] === slotOf[i] ? claim[i - 1] : NO_CLAIM);
  /** @type {(day: number, touched: number[]) => void} */
  const enter = (day, touched) => {
    for (let at = first[day]; at < first[day + 1]; at++) {
      const i = order[at];
      current[slotOf[i]] = claim[i];
      touched.push(ledger.place[claim[i]]);
    }
  };
  /** @type {(day: number, touched: number[]) => void} */
  const leave = (day, touched) => {
    for (let at = first[day + 1] - 1; at >= first[day]; at--) {
      const i = order[at];
      current[slotOf[i]] = before(i);
      touched.push(ledger.place[claim[i]]);
    }
  };
  return {
    current,
    // Go to a day; gives the places that may look different, some of them more than once.
    seek(day) {
      /** @type {number[]} */
      const touched = [];
      /** @type {(crossed: number, act: typeof enter) => void} */
      const pass = (crossed, act) => {
        act(crossed, touched);
        const end = fades.first[crossed + 1];
        for (let at = fades.first[crossed]; at < end; at++) touched.push(fades.places[at]);
      };
      while (today < day) pass(++today, enter);
      while (today > day) pass(today--, leave);
      return touched;
    },
  };
}

/**
 * The rule of geo/timeline.py: a third party never changes the status of the two.
 * @param {Ledger} ledger
 * @param {number} ukraine
 * @param {number} russia
 * @param {number} third
 * @returns {Status}
 */
export function statusOf(ledger, ukraine, russia, third) {
  if (ukraine !== NO_CLAIM && russia !== NO_CLAIM) {
    return ledger.controller[ukraine] === ledger.controller[russia] ? "agreed" : "disputed";
  }
  if (ukraine !== NO_CLAIM || russia !== NO_CLAIM) return "one-sided";
  return third !== NO_CLAIM ? "third-only" : "silent";
}

/**
 * The rule of `is_live` in geo/timeline.py; tests/cases/live.json holds both. Whether a disagreement
 * is live on a day: both statements are at most so many days old.
 * @param {Ledger} ledger
 * @param {number} ukraine
 * @param {number} russia
 * @param {{ day: number, within: number }} asked
 */
export function isLive({ stated }, ukraine, russia, { day, within }) {
  if (ukraine === NO_CLAIM || russia === NO_CLAIM) return false;
  return day - Math.min(stated[ukraine], stated[russia]) <= within;
}
