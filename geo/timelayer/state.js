// What the reader asks about, and what stands then: the day, the clock, whose statements, the chosen
// place. Knows nothing of the page.

import { HIDDEN, glyphState, laneState, paleness } from "./glyphs.js";
import { LANES, NO_CLAIM, decodeLedger, heardBy, statementDays } from "./ledger.js";
import { makeTimeline, statusOf } from "./timeline.js";

export function makeState(payload, days) {
  const ledger = decodeLedger(payload, days);
  const { fades_after: fadesAfter } = payload.style;
  const state = {
    day: days.count - 1, clock: "then", view: "all", only: -1, place: -1,
    ledger, timeline: null, heard: null, spokenDays: null,
    settlements: payload.places.id.length - payload.oblasts, // the oblasts come after them
  };

  // Anew, after another clock or view.
  function hear() {
    state.timeline = makeTimeline(ledger, { clock: state.clock, view: state.view, fadesAfter });
    state.heard = heardBy(ledger, state.view);
    state.spokenDays = statementDays(ledger, state.heard);
    state.timeline.seek(state.day);
  }

  const standing = (place) => [0, 1, 2].map((lane) => state.timeline.current[LANES * place + lane]);
  const codeOf = (claim) => claim === NO_CLAIM
    ? 0
    : laneState(ledger.controller[claim], paleness(state.day - ledger.stated[claim], fadesAfter));

  hear();
  return Object.assign(state, {
    hear,
    standing,
    // The code of the controller by the standing claim of a lane; -1 for none.
    controllerOf(place, lane) {
      const claim = state.timeline.current[LANES * place + lane];
      return claim === NO_CLAIM ? -1 : ledger.controller[claim];
    },
    statusOf: (place) => statusOf(ledger, ...standing(place)),
    // Which glyph a place has on the day, as one number.
    glyphOf(place) {
      const { current } = state.timeline;
      if (state.only >= 0 && place !== state.place && state.statusOf(place) !== payload.statuses[state.only]) return HIDDEN;
      const first = LANES * place;
      return glyphState(codeOf(current[first]), codeOf(current[first + 1]), codeOf(current[first + 2]));
    },
    // How many groups of statements began on each day, in the view.
    spokenPerDay() {
      const counts = new Int32Array(days.count);
      for (let c = 0; c < ledger.count; c++) if (ledger.begins[c] && state.heard(ledger.claimant[c])) counts[ledger.stated[c]]++;
      return counts;
    },
    // The number of a place by its id.
    indexOf(id) {
      const index = ledger.placeIndex.get(id);
      if (index === undefined) throw new RangeError(`unknown place: ${id}`);
      return index;
    },
  });
}
