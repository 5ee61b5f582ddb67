// Where the map opens when nobody says: where there are statements of late.

import { LANES } from "./ledger.js";

/** @import { State } from "./types.d.ts" */

const LATELY = 90; // days
const FEWEST = 20; // places; as far back as it takes to have so many
const OUTLYING = 0.05; // of the places, at each end of the frame, may lie outside

/**
 * The settlements on which something was said in the 90 days up to the day, or the 20 on which
 * something was said last.
 * @param {Pick<State, "day" | "heard" | "ledger" | "settlements">} state
 */
export function recentPlaces({ day, heard, ledger, settlements }) {
  const { slotStart, stated, claimant } = ledger;
  const said = [];
  for (let place = 0; place < settlements; place++) {
    let newest = -1;
    for (let c = slotStart[place * LANES]; c < slotStart[(place + 1) * LANES]; c++) {
      if (stated[c] <= day && heard(claimant[c])) newest = Math.max(newest, stated[c]);
    }
    if (newest >= 0) said.push({ place, newest });
  }
  said.sort((a, b) => b.newest - a.newest || a.place - b.place);
  const late = said.filter(({ newest }) => newest > day - LATELY).length;
  return said.slice(0, Math.max(late, FEWEST)).map(({ place }) => place);
}

/**
 * The least and the greatest of numbers, but for those that lie far out.
 * @param {number[]} numbers
 */
export function mostOf(numbers) {
  const ascending = [...numbers].sort((a, b) => a - b);
  const out = Math.floor(OUTLYING * ascending.length);
  return [ascending[out], ascending[ascending.length - 1 - out]];
}
