// The ledger in columns, and what stands on a day. Python sends the claims in order of say: within
// a place and side the later claim overrides the earlier one, so only "last that counts" is left.

/** @import { Days, Heard, Ledger, Payload } from "./types.d.ts" */

export const NO_CLAIM = -1;
const GROUP_DAYS = 2; // as in geo/ledger/groups.py; tests/cases/time.json holds both
// Ukraine's side, Russia's side, third parties.
export const LANES = 3;

/**
 * Unpacks what `encode_ledger` packed.
 * @param {Payload} payload
 * @param {Days} days
 * @returns {Ledger}
 */
export function decodeLedger(payload, days) {
  const { places, claims, claimants } = payload;
  const count = claims.said.length;
  const placeCount = places.id.length;
  /** @type {Ledger} */
  const ledger = {
    payload,
    days,
    placeCount,
    count,
    stated: new Int32Array(count),
    effective: new Int32Array(count),
    claimant: Int16Array.from(claims.claimant),
    kind: Uint8Array.from(claims.said, (said) => Math.floor(said / 3)),
    controller: Uint8Array.from(claims.said, (said) => said % 3),
    place: new Int32Array(count),
    slotStart: new Int32Array(placeCount * LANES + 1), // claims of a place and lane: one run each
    placeIndex: new Map(places.id.map((id, index) => [id, index])),
    begins: new Uint8Array(count),
  };
  let day = 0;
  for (let c = 0; c < count; c++) ledger.stated[c] = day += claims.days_on[c];
  let claim = 0;
  for (let place = 0; place < placeCount; place++) {
    const end = claim + places.claims[place];
    for (let lane = 0; lane < LANES; lane++) {
      ledger.slotStart[place * LANES + lane] = claim;
      while (claim < end && claimants.side[ledger.claimant[claim]] === lane) {
        ledger.place[claim] = place;
        ledger.effective[claim] = ledger.stated[claim];
        claim++;
      }
    }
  }
  ledger.slotStart[placeCount * LANES] = count;
  for (const [index, back] of claims.effective_back) ledger.effective[index] -= back;
  beginGroups(ledger);
  return ledger;
}

/**
 * Marks the claims that count: what one speaker repeats of a place within days counts once.
 * @param {Ledger} ledger
 */
function beginGroups({ slotStart, stated, claimant, controller, begins }) {
  for (let slot = 0; slot + 1 < slotStart.length; slot++) {
    /** @type {Map<number, number>} */
    const begun = new Map(); // the first day of the group of a speaker and a controller
    for (let c = slotStart[slot]; c < slotStart[slot + 1]; c++) {
      const voice = claimant[c] * LANES + controller[c];
      if (stated[c] - (begun.get(voice) ?? -Infinity) <= GROUP_DAYS) continue;
      begun.set(voice, stated[c]);
      begins[c] = 1;
    }
  }
}

/**
 * The id of a claim, as in claims.csv.
 * @param {Ledger} ledger
 * @param {number} claim
 */
export function claimId(ledger, claim) {
  const { places, claimants, odd_ids: odd } = ledger.payload;
  return (
    odd[claim] ??
    [
      places.id[ledger.place[claim]],
      ledger.days.iso(ledger.stated[claim]),
      claimants.id[ledger.claimant[claim]],
    ].join("-")
  );
}

/**
 * A filter over claimants for "all", a side's name or a claimant's id; null when there is no such.
 * @param {Ledger} ledger
 * @param {string} view
 * @returns {Heard | null}
 */
export function heardBy(ledger, view) {
  const { claimants, sides } = ledger.payload;
  if (view === "all") return () => true;
  const side = sides.indexOf(view);
  if (side >= 0) return (claimant) => claimants.side[claimant] === side;
  const speaker = claimants.id.indexOf(view);
  return speaker >= 0 ? (claimant) => claimant === speaker : null;
}

/**
 * Days on which anything was stated, ascending; for one place when it is given.
 * @param {Ledger} ledger
 * @param {Heard} heard
 * @param {number} [place]
 */
export function statementDays(ledger, heard, place) {
  const [first, end] =
    place === undefined
      ? [0, ledger.count]
      : [ledger.slotStart[place * LANES], ledger.slotStart[(place + 1) * LANES]];
  /** @type {Set<number>} */
  const days = new Set();
  for (let c = first; c < end; c++) if (heard(ledger.claimant[c])) days.add(ledger.stated[c]);
  return Int32Array.from(days).sort();
}

/**
 * The next of these days after a day, or the last before it.
 * @param {Int32Array} days
 * @param {number} day
 * @param {number} step
 */
export function neighbourDay(days, day, step) {
  if (step > 0) return days.find((d) => d > day);
  return days.findLast((d) => d < day);
}
