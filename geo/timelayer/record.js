// What the card says of a place on the day: what stands, what is set aside and by which rule, how
// much was said. The reasons are those of geo/ledger/why.py; tests/cases/time.json holds both.

import { claimId, LANES, NO_CLAIM, neighbourDay, statementDays } from "./ledger.js";
import { counted, dayInWords, fill, otherNames } from "./words.js";

/** @import { Days, DayOf, Payload, PlaceRecord, State, Texts, Why, Words } from "./types.d.ts" */

/**
 * @param {{ payload: Payload, days: Days, words: Words, state: State, texts: Texts }} parts
 * @returns {{ of(place: number): PlaceRecord, why(place: number): Why }}
 */
export function makeRecord({ payload, days, words, state, texts }) {
  const { places, sides } = payload;
  const { ledger, standing } = state;
  const { stated, effective, claimant, controller, kind, slotStart } = ledger;

  /**
   * By which rule a claim counts, or is set aside; `stands` is the claim of its lane that counts.
   * @param {number} claim
   * @param {number} stands
   */
  function reasonOf(claim, stands) {
    if (!state.heard(claimant[claim])) return "not-heard";
    if (state.clock === "then" && stated[claim] > state.day) return "later";
    if (effective[claim] > state.day) return "later-day";
    if (claim === stands) return "stands";
    if (stated[claim] < stated[stands]) return "older";
    return claimant[claim] === claimant[stands] ? "row" : "authority";
  }

  /**
   * Statements of a lane that count by the clock, but have less say than the one that stands.
   * @param {number} slot
   * @param {number} stands
   */
  function setAside(slot, stands) {
    let count = 0;
    for (let c = slotStart[slot]; c < stands; c++) {
      const from = state.clock === "now" ? effective[c] : stated[c];
      if (state.heard(claimant[c]) && from <= state.day) count++;
    }
    return count;
  }

  /**
   * How many groups of statements began by the day, and later.
   * @param {number} place
   */
  function countSaid(place) {
    let [sofar, later] = [0, 0];
    for (let c = slotStart[place * LANES]; c < slotStart[place * LANES + LANES]; c++) {
      if (!ledger.begins[c] || !state.heard(claimant[c])) continue;
      stated[c] <= state.day ? sofar++ : later++;
    }
    return [sofar, later];
  }

  let memo = { place: -1, heard: state.heard, days: new Int32Array(0) };
  /**
   * Days on which something was said of a place; kept while the day moves.
   * @param {number} place
   */
  function daysOf(place) {
    const { heard } = state;
    if (memo.place !== place || memo.heard !== heard) {
      memo = { place, heard, days: statementDays(ledger, heard, place) };
    }
    return memo.days;
  }

  /**
   * The status; of a dormant disagreement, who fell silent and how long ago.
   * @param {number} place
   */
  function statusInWords(place) {
    const status = state.statusOf(place);
    const said = words.statuses[payload.statuses.indexOf(status)];
    if (status !== "disputed" || state.isLive(place)) return said;
    const [ukraine, russia] = standing(place).map((claim) => state.day - stated[claim]);
    const silence = ukraine < russia ? words.dormant_russia : words.dormant_ukraine;
    return `${said}; ${counted(silence, Math.max(ukraine, russia))}`;
  }

  /** @param {number} claim */
  const saidBy = (claim) => ({
    says: words.says[kind[claim]][controller[claim]],
    speaker: words.speakers[claimant[claim]],
    iso: days.iso(stated[claim]),
  });

  return {
    of(place) {
      const slot = place * LANES;
      const [sofar, later] = countSaid(place);
      const here = daysOf(place);
      /** @type {(step: number) => DayOf | null} */
      const neighbour = (step) => {
        const day = neighbourDay(here, state.day, step);
        return day === undefined ? null : { day, iso: days.iso(day) };
      };
      const stands = standing(place);
      const told = [
        counted(words.said_so_far, sofar),
        later ? counted(words.said_later, later) : words.nothing_later,
      ];
      return {
        place,
        name: places.name[place],
        names: otherNames(places, place),
        iso: days.iso(state.day),
        status: statusInWords(place),
        counts: told.join(", "),
        previous: neighbour(-1),
        next: neighbour(1),
        lanes: stands.map((claim, index) => ({
          side: words.sides[index],
          index: sides[index],
          heard: payload.claimants.side.some((side, at) => side === index && state.heard(at)),
          claim:
            claim === NO_CLAIM
              ? null
              : {
                  ...saidBy(claim),
                  id: claimId(ledger, claim),
                  controller: payload.controllers[controller[claim]],
                  age: state.day - stated[claim],
                  aside: setAside(slot + index, claim),
                  ...texts.get(claim),
                },
        })),
      };
    },
    // Why the place has its colour: the rule, and each lane's claims with theirs, newest first.
    why(place) {
      const stands = standing(place);
      const status = place < state.settlements ? state.statusOf(place) : "oblast";
      const lanes = stands.map((stand, index) => {
        const slot = place * LANES + index;
        const lines = [];
        for (let c = slotStart[slot + 1] - 1; c >= slotStart[slot]; c--) {
          const { says, speaker, iso } = saidBy(c);
          const reason = reasonOf(c, stand);
          const line = fill(words.why.line, {
            day: dayInWords(iso, words),
            speaker,
            says,
            reason: words.why[reason],
          });
          lines.push({ line, stands: reason === "stands" });
        }
        return { side: words.sides[index], lines };
      });
      return {
        rule: words.why[`status_${status}`],
        lanes: lanes.filter(({ lines }) => lines.length),
      };
    },
  };
}
