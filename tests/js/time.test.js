// The rules of time: the hand-worked cases that Python is held to as well, and laws over random
// ledgers. The other side: geo/timeline.py, geo/ledger/groups.py, geo/ledger/why.py, geo/style.py.

import assert from "node:assert/strict";
import { test } from "node:test";
import { paleness } from "../../geo/timelayer/glyphs.js";
import { claimId, LANES, NO_CLAIM } from "../../geo/timelayer/ledger.js";
import { makeRecord } from "../../geo/timelayer/record.js";
import { cases, DAYS, EPOCH, stateOf } from "./ledger_of.js";

/** @import { Row } from "./ledger_of.js" */

const { claimants, claims, standing, reasons, groups, pale } = cases("time");

for (const [place, asOf, clock, view, status, ...sides] of standing) {
  test(`${place} on ${asOf}, as known ${clock}, ${view}: ${status}`, () => {
    const { state, seek, days, payload } = stateOf(claims, claimants);
    state.hear({ clock, view });
    seek(asOf);
    const at = state.indexOf(place);
    assert.equal(state.statusOf(at), status);
    const { stated, controller, claimant } = state.ledger;
    assert.deepEqual(
      state
        .standing(at)
        .map((claim) =>
          claim === NO_CLAIM
            ? null
            : [
                payload.controllers[controller[claim]],
                days.iso(stated[claim]),
                payload.claimants.id[claimant[claim]],
              ],
        ),
      sides,
    );
  });
}

for (const { place, as_of: asOf, clock, view, reasons: expected } of reasons) {
  test(`why ${place} on ${asOf}, as known ${clock}, ${view}`, () => {
    const { state, seek, days, payload } = stateOf(claims, claimants);
    state.hear({ clock, view });
    seek(asOf);
    const why = new Proxy(
      { line: "{reason}" },
      { get: (own, key) => Reflect.get(own, key) ?? key },
    );
    const words = /** @type {any} */ ({
      why,
      day: "",
      months: [],
      sides: [],
      speakers: [],
      says: payload.kinds.map(() => ["", "", ""]),
    });
    const texts = { want: () => undefined, get: () => ({}) };
    const record = makeRecord({ payload, days, words, state, texts });
    const at = state.indexOf(place);
    const { slotStart } = state.ledger;
    const found = record.why(at).lanes.flatMap(({ lines }) => lines.map(({ line }) => line));
    const ids = [0, 1, 2].flatMap((lane) => {
      const [first, end] = [slotStart[at * LANES + lane], slotStart[at * LANES + lane + 1]];
      return Array.from({ length: end - first }, (_, i) => claimId(state.ledger, end - 1 - i));
    });
    assert.deepEqual(Object.fromEntries(ids.map((id, i) => [id, found[i]])), expected);
  });
}

test("what a speaker repeats within days counts once", () => {
  const { state } = stateOf(claims, claimants);
  const { ledger } = state;
  for (const [place, expected] of Object.entries(groups)) {
    const at = state.indexOf(place);
    const begun = [];
    for (let c = ledger.slotStart[at * LANES]; c < ledger.slotStart[(at + 1) * LANES]; c++) {
      if (ledger.begins[c]) begun.push(claimId(ledger, c));
    }
    assert.deepEqual(begun.sort(), [...expected].sort());
  }
});

test("a statement pales with its age", () => {
  for (const [age, step] of pale) assert.equal(paleness(age, [0, 30, 90]), step);
});

/** Mulberry32: the same ledgers on every run. @param {number} seed */
function dice(seed) {
  let at = seed;
  return (/** @type {number} */ sides) => {
    at = (at + 0x6d2b79f5) | 0;
    let t = Math.imul(at ^ (at >>> 15), 1 | at);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % sides;
  };
}

const SPEAKERS = /** @type {[string, string][]} */ ([
  ["u1", "ukraine"],
  ["u2", "ukraine"],
  ["r1", "russia"],
  ["r2", "russia"],
  ["t1", "third"],
]);

/** @param {number} seed @param {number} count @returns {Row[]} */
function randomRows(seed, count) {
  const roll = dice(seed);
  const iso = (/** @type {number} */ day) =>
    new Date(Date.parse(EPOCH) + 86400000 * day).toISOString().slice(0, 10);
  return Array.from({ length: count }, (_, row) => {
    const day = roll(300);
    const back = roll(4) ? 0 : roll(40);
    return [
      `c${row}`,
      `p${roll(4)}`,
      iso(day),
      iso(Math.max(0, day - back)),
      SPEAKERS[roll(5)][0],
      "holds",
      ["ukraine", "russia", "contested"][roll(3)],
    ];
  });
}

/** The rule as the codebook has it, without any order of rows. */
function byTheBook(
  /** @type {Row[]} */ rows,
  /** @type {{place: string, side: string, day: string, now: boolean}} */ { place, side, day, now },
) {
  const rank = Object.fromEntries(SPEAKERS.map(([id], at) => [id, at]));
  const sides = Object.fromEntries(SPEAKERS);
  return rows
    .map((row, at) => ({ row, at }))
    .filter(
      ({ row: [, where, stated, effective, claimant] }) =>
        where === place &&
        sides[claimant] === side &&
        (now || stated <= day) &&
        (effective ?? stated) <= day,
    )
    .sort(
      (a, b) => a.row[2].localeCompare(b.row[2]) || rank[b.row[4]] - rank[a.row[4]] || a.at - b.at,
    )
    .at(-1)?.row[0];
}

for (let seed = 1; seed <= 20; seed++) {
  test(`laws over random ledger ${seed}`, () => {
    const rows = randomRows(seed, 60);
    const { state, seek, days, payload } = stateOf(rows, SPEAKERS);
    const roll = dice(seed + 1000);
    for (const clock of /** @type {const} */ (["then", "now"])) {
      state.hear({ clock });
      let glyphs = payload.places.id.map((_, place) => state.glyphOf(place));
      for (let step = 0; step < 60; step++) {
        const day = days.iso(roll(step % 2 ? 300 : DAYS));
        const touched = new Set(seek(day));
        payload.places.id.forEach((id, place) => {
          // By whatever way a day is reached, what stands is what the codebook says.
          const found = state
            .standing(place)
            .map((c) => (c < 0 ? undefined : claimId(state.ledger, c)));
          const expected = ["ukraine", "russia", "third"].map((side) =>
            byTheBook(rows, { place: id, side, day, now: clock === "now" }),
          );
          assert.deepEqual(found, expected);
          // No place looks different that was not touched.
          if (!touched.has(place)) assert.equal(state.glyphOf(place), glyphs[place]);
        });
        glyphs = payload.places.id.map((_, place) => state.glyphOf(place));
      }
    }
  });

  test(`later statements never change an earlier day as known then, ${seed}`, () => {
    const rows = randomRows(seed, 60);
    const day = rows[0][2];
    const known = rows.filter(([, , stated]) => stated <= day);
    const [all, early] = [stateOf(rows, SPEAKERS), stateOf(known, SPEAKERS)];
    for (const each of [all, early]) each.seek(day);
    for (const place of early.payload.places.id) {
      const ids = [all, early].map(({ state }) =>
        state.standing(state.indexOf(place)).map((c) => (c < 0 ? null : claimId(state.ledger, c))),
      );
      assert.deepEqual(ids[0], ids[1]);
    }
  });
}
