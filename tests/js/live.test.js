// Live and dormant disagreements: the hand-worked cases that Python is held to as well
// (tests/test_live.py, `is_live` in geo/timeline.py), through the timeline that the map draws from.

import assert from "node:assert/strict";
import { test } from "node:test";
import { DORMANT, HIDDEN } from "../../geo/timelayer/glyphs.js";
import { cases, EPOCH, stateOf } from "./ledger_of.js";

/** @import { Row } from "./ledger_of.js" */

/** @type {[string, string][]} */
const SPEAKERS = [
  ["u", "ukraine"],
  ["r", "russia"],
];

/**
 * The two statements as rows; one made after the day speaks of the day itself.
 * @param {{ as_of: string, ukraine_stated_on: string | null, russia_stated_on: string | null }} one
 * @returns {Row[]}
 */
function rowsOf({ as_of: asOf, ukraine_stated_on: ukraine, russia_stated_on: russia }) {
  /** @type {Row[]} */
  const rows = [["t", "elsewhere", EPOCH, null, "u", "holds", "ukraine"]];
  const from = (/** @type {string} */ stated) => [stated, asOf].sort()[0];
  if (ukraine) rows.push(["a", "here", ukraine, from(ukraine), "u", "holds", "ukraine"]);
  if (russia) rows.push(["b", "here", russia, from(russia), "r", "captured", "russia"]);
  return rows;
}

for (const one of cases("live").cases) {
  test(one.says, () => {
    const { state, seek, days } = stateOf(rowsOf(one), SPEAKERS);
    state.hear({ clock: "now", within: one.within ?? Infinity });
    seek(one.as_of);
    const here = state.ledger.placeIndex.get("here");
    if (here === undefined) return assert.equal(one.live, false);
    const both = one.ukraine_stated_on && one.russia_stated_on;
    assert.equal(state.isLive(here), one.live);
    if (both) assert.equal(state.glyphOf(here) < DORMANT, one.live);
    // The first day on which it is dormant is a day on which the place is drawn anew, when it
    // comes while both statements stand.
    const later = one.dormant_from && one.dormant_from > one.as_of;
    if (!later) return;
    seek(days.iso(days.parse(one.dormant_from) - 1));
    assert.equal(state.isLive(here), true);
    assert.ok(seek(one.dormant_from).includes(here));
    assert.equal(state.isLive(here), false);
    assert.ok(seek(days.iso(days.parse(one.dormant_from) - 1)).includes(here));
  });
}

test("where the sides disagree alone, the dormant are left out, but for the chosen one", () => {
  const rows = rowsOf({
    as_of: "2025-12-11",
    ukraine_stated_on: "2022-03-05",
    russia_stated_on: "2025-12-11",
  });
  const { state, seek, payload } = stateOf(rows, SPEAKERS);
  seek("2025-12-11");
  const here = state.indexOf("here");
  assert.ok(state.glyphOf(here) >= DORMANT && state.glyphOf(here) < HIDDEN);
  state.only = payload.statuses.indexOf("disputed");
  assert.equal(state.glyphOf(here), HIDDEN);
  state.place = here;
  assert.notEqual(state.glyphOf(here), HIDDEN);
  state.place = -1;
  state.hear({ within: Infinity });
  assert.ok(state.glyphOf(here) < DORMANT);
});

test("live disagreements lie above, then newer statements", () => {
  /** @type {Row[]} */
  const rows = [
    ["a", "agreed", "2025-12-10", null, "u", "withdrew", "russia"],
    ["b", "agreed", "2025-12-10", null, "r", "captured", "russia"],
    ["c", "live", "2025-11-01", null, "u", "holds", "ukraine"],
    ["d", "live", "2025-11-02", null, "r", "captured", "russia"],
    ["e", "dormant", "2022-03-05", null, "u", "holds", "ukraine"],
    ["f", "dormant", "2025-12-09", null, "r", "captured", "russia"],
    ["g", "later", "2025-12-12", null, "u", "holds", "ukraine"],
  ];
  const { state, seek, payload } = stateOf(rows, SPEAKERS);
  seek("2025-12-11");
  const above = payload.places.id.map((_, place) => place);
  above.sort((a, b) => state.rankOf(a) - state.rankOf(b));
  const names = above.map((place) => payload.places.id[place]);
  assert.deepEqual(names, ["later", "dormant", "agreed", "live"]);
});
