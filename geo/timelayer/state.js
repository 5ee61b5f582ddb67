// What the reader asks about, and what stands then: the day, the clock, whose statements, the chosen
// place. Knows nothing of the page.

import { DORMANT, glyphState, HIDDEN, laneState, paleness } from "./glyphs.js";
import { decodeLedger, heardBy, LANES, NO_CLAIM, statementDays } from "./ledger.js";
import { isLive, makeTimeline, statusOf } from "./timeline.js";

/** @import { Days, Hearing, Ledger, Payload, State } from "./types.d.ts" */

/**
 * @param {Payload} payload
 * @param {Days} days
 * @returns {State}
 */
export function makeState(payload, days) {
  const ledger = decodeLedger(payload, days);
  const { fades_after: fadesAfter, within } = payload.style;
  const { stated, controller, claimant, begins, placeIndex } = ledger;
  /** @type {Hearing} */
  const hearing = { clock: "then", view: "all", within, fadesAfter };
  /** @type {(claim: number) => number} */
  const codeOf = (claim) =>
    claim === NO_CLAIM
      ? 0
      : laneState(controller[claim], paleness(state.day - stated[claim], fadesAfter));

  /** @type {State} */
  const state = {
    ...hearing,
    ...listenTo(ledger, hearing),
    day: days.count - 1,
    only: -1,
    place: -1,
    ledger,
    settlements: payload.places.id.length - payload.oblasts, // the oblasts come after them
    hear(change) {
      const { clock, view, within } = { ...state, ...change };
      const next = { clock, view, within, fadesAfter };
      Object.assign(state, next, listenTo(ledger, next));
      state.timeline.seek(state.day);
    },
    standing: (place) => [0, 1, 2].map((lane) => state.timeline.current[LANES * place + lane]),
    controllerOf(place, lane) {
      const claim = state.timeline.current[LANES * place + lane];
      return claim === NO_CLAIM ? -1 : controller[claim];
    },
    statusOf(place) {
      const [ukraine, russia, third] = state.standing(place);
      return statusOf(ledger, ukraine, russia, third);
    },
    isLive(place) {
      const [ukraine, russia, third] = state.standing(place);
      const disputed = statusOf(ledger, ukraine, russia, third) === "disputed";
      return disputed && isLive(ledger, ukraine, russia, state);
    },
    rankOf(place) {
      const { current } = state.timeline;
      let newest = -1;
      for (let slot = LANES * place; slot < LANES * (place + 1); slot++) {
        if (current[slot] !== NO_CLAIM) newest = Math.max(newest, stated[current[slot]]);
      }
      return state.isLive(place) ? newest + days.count : newest;
    },
    glyphOf(place) {
      const { current } = state.timeline;
      const at = LANES * place;
      const [ukraine, russia, third] = [current[at], current[at + 1], current[at + 2]];
      const status = statusOf(ledger, ukraine, russia, third);
      const dormant = status === "disputed" && !isLive(ledger, ukraine, russia, state);
      if (state.only >= 0 && place !== state.place) {
        if (dormant || status !== payload.statuses[state.only]) return HIDDEN;
      }
      const shown = glyphState(codeOf(ukraine), codeOf(russia), codeOf(third));
      return dormant ? shown + DORMANT : shown;
    },
    spokenPerDay() {
      const counts = new Int32Array(days.count);
      for (let c = 0; c < ledger.count; c++) {
        if (begins[c] && state.heard(claimant[c])) counts[stated[c]]++;
      }
      return counts;
    },
    indexOf(id) {
      const index = placeIndex.get(id);
      if (index === undefined) throw new RangeError(`unknown place: ${id}`);
      return index;
    },
  };
  state.timeline.seek(state.day);
  return state;
}

/**
 * What stands and what was said, by a clock and a view.
 * @param {Ledger} ledger
 * @param {Hearing} hearing
 */
function listenTo(ledger, hearing) {
  const heard = heardBy(ledger, hearing.view);
  if (!heard) throw new RangeError(`unknown view: ${hearing.view}`);
  return {
    heard,
    timeline: makeTimeline(ledger, heard, hearing),
    spokenDays: statementDays(ledger, heard),
  };
}
