// The pure parts: days, glyphs, lines of areas, series, the grid.

import assert from "node:assert/strict";
import { test } from "node:test";
import { makeDays } from "../../geo/timelayer/days.js";
import { rgb } from "../../geo/timelayer/dense.js";
import {
  DORMANT,
  glyphState,
  HIDDEN,
  laneState,
  partsOf,
  reachOf,
  splitState,
} from "../../geo/timelayer/glyphs.js";
import { makeGrid } from "../../geo/timelayer/grid.js";
import { makeHost } from "../../geo/timelayer/host.js";
import { makeKeys } from "../../geo/timelayer/keys.js";
import { neighbourDay } from "../../geo/timelayer/ledger.js";
import { decodeBorders, decodeLines, projectPlaces } from "../../geo/timelayer/lines.js";
import { mostOf, recentPlaces } from "../../geo/timelayer/opening.js";
import { lay, runsOf } from "../../geo/timelayer/pictures.js";
import { foldName } from "../../geo/timelayer/search.js";
import { decodeSeries, observationOn, shownOf } from "../../geo/timelayer/series.js";
import { giveWay, paintOrder } from "../../geo/timelayer/sizes.js";
import { dayInWords, fill } from "../../geo/timelayer/words.js";
import { cases, stateOf } from "./ledger_of.js";

test("outlines take their rings one after another", () => {
  const borders = decodeBorders({
    grid: 10,
    id: ["island", "pair"],
    kind: ["admin1", "country"],
    country: ["UA", "UA"],
    rings: [1, 2],
    points: [300, 450, 10, 0, -10, 10, 310, 460, 5, 5, -5, 0, 400, 450, 1, 1],
    lengths: [3, 3, 2],
  });
  assert.deepEqual(
    borders.outlines.map(({ id, first, end }) => [id, first, end]),
    [
      ["island", 0, 1],
      ["pair", 1, 3],
    ],
  );
  const { x, start } = borders.lines;
  assert.deepEqual([...start], [0, 3, 6, 8]);
  assert.deepEqual(
    [...x].map((at) => Math.round((at - 0.5) * 3600)),
    [300, 310, 300, 310, 315, 310, 400, 401],
  );
});

test("days are whole, in UTC, and kept within what exists", () => {
  const days = makeDays("2022-02-24", 1000);
  assert.equal(days.parse("2022-02-24"), 0);
  assert.equal(days.parse("2024-02-29") - days.parse("2024-02-28"), 1);
  assert.equal(days.parse("2022-03-27") - days.parse("2022-03-26"), 1); // clocks go forward
  for (let day = 0; day < 1000; day++) assert.equal(days.parse(days.iso(day)), day);
  assert.deepEqual([-5, 3.4, 5000].map(days.clamp), [0, 3, 999]);
  for (const no of [
    "2022-13-01",
    "2025-02-30",
    "2022-2-3",
    "24.02.2022",
    "",
    "2022-02-24T00:00:00Z",
  ]) {
    assert.throws(() => days.parse(no), RangeError);
  }
});

test("the next and the last day of those on which something was said", () => {
  const days = Int32Array.of(3, 8, 20);
  assert.equal(neighbourDay(days, 8, 1), 20);
  assert.equal(neighbourDay(days, 8, -1), 3);
  assert.equal(neighbourDay(days, 20, 1), undefined);
  assert.equal(neighbourDay(days, 3, -1), undefined);
});

test("a glyph is one number, and tells what each lane says", () => {
  const lanes = [0];
  for (let c = 0; c < 3; c++) for (let p = 0; p < 3; p++) lanes.push(laneState(c, p));
  const seen = new Set();
  for (const ukraine of lanes) {
    for (const russia of lanes) {
      for (const third of lanes) {
        const state = glyphState(ukraine, russia, third);
        seen.add(state);
        const codes = splitState(state).map((lane) =>
          lane ? laneState(lane.controller, lane.pale) : 0,
        );
        assert.deepEqual(codes, [ukraine, russia, third]);
      }
    }
  }
  assert.equal(seen.size, 1000);
  assert.deepEqual(rgb("#0072B2"), [0, 114, 178]);
});

test("a point lies where Leaflet puts it", () => {
  const { x, y } = projectPlaces({ lat: [0, 48.8649, 85.0511287798], lon: [-180, 38.0968, 180] });
  assert.ok(Math.abs(x[0]) < 1e-12 && Math.abs(y[0] - 0.5) < 1e-12);
  assert.ok(Math.abs(x[2] - 1) < 1e-12 && Math.abs(y[2]) < 1e-9);
  // Siversk's tile at zoom 10 by the formula of slippy maps: 620/352.
  assert.deepEqual([Math.floor(x[1] * 1024), Math.floor(y[1] * 1024)], [620, 352]);
});

test("lines come as steps on a grid, each with its two ends", () => {
  const lines = decodeLines({ points: [40, 480, 1, 0, 0, 2, 44, 480, -1, 1], lengths: [3, 2] }, 10);
  assert.deepEqual([...lines.start], [0, 3, 5]);
  const expected = projectPlaces({ lon: [4, 4.1, 4.1, 4.4, 4.3], lat: [48, 48, 48.2, 48, 48.1] });
  assert.deepEqual(lines.x, expected.x);
  assert.deepEqual(lines.y, expected.y);
  assert.deepEqual([...lines.head], [40 * 2 ** 24 + 480, 44 * 2 ** 24 + 480]);
  assert.deepEqual([...lines.tail], [41 * 2 ** 24 + 482, 43 * 2 ** 24 + 481]);
});

test("the latest observation on or before a day counts", () => {
  const days = makeDays("2022-02-24", 1000);
  const series = decodeSeries(
    {
      id: "made-up",
      claimant: null,
      grid: 10,
      days: ["2022-03-01", "2022-03-05", "2022-03-09"],
      controllers: { russia: { points: [], lengths: [], spans: [], inside: [4, 1, 2, 7, 0, 3] } },
    },
    days,
  );
  const on = (/** @type {string} */ iso) => observationOn(series, days.parse(iso));
  assert.deepEqual(
    ["2022-02-28", "2022-03-01", "2022-03-04", "2022-03-05", "2023-01-01"].map(on),
    [-1, 0, 0, 1, 2],
  );
  const shown = (/** @type {number} */ place, /** @type {string} */ iso) =>
    shownOf(series, place, days.parse(iso));
  assert.equal(shown(4, "2022-02-28"), undefined);
  assert.equal(shown(4, "2022-03-01"), null);
  assert.deepEqual(shown(4, "2022-03-08"), { controller: "russia", since: "2022-03-05" });
  assert.equal(shown(4, "2022-03-09"), null);
  assert.deepEqual(shown(7, "2022-12-31"), { controller: "russia", since: "2022-03-01" });
});

test("the grid finds all that is near, and not twice", () => {
  const at = { x: [0, 31, 33, 64, -1, 500], y: [0, 0, 31, 0, -1, 0] };
  const near = makeGrid([0, 1, 2, 3, 4, 5], at);
  assert.deepEqual(near(1, 1).sort(), [0, 1, 2, 4]);
  assert.deepEqual(near(500, 10), [5]);
  assert.deepEqual(near(1000, 1000), []);
});

test("larger places lie above smaller ones", () => {
  assert.deepEqual([...paintOrder(Float64Array.of(0, 500, 3, 500))], [0, 2, 1, 3]);
});

test("names are compared without regard to spelling", () => {
  assert.equal(foldName("Білогорівка"), foldName("бiлогорiвка")); // the second with Latin i
  assert.equal(foldName("Куп'янськ"), foldName("Купʼянськ"));
  assert.notEqual(foldName("Bakhmut"), foldName("Bakhmutske"));
});

test("gaps are filled with what is given, as text", () => {
  assert.equal(fill("{a} and {b}, {a}", { a: "$&", b: 2 }), "$& and 2, $&");
  const words = /** @type {any} */ ({
    day: "{day} {month} {year}",
    months: ["January", "February"],
  });
  assert.equal(dayInWords("2022-02-04", words), "4 February 2022");
});

for (const { says, x, y, radius, least, shrunk } of cases("crowd").cases) {
  test(`glyphs give way to each other: ${says}`, () => {
    assert.deepEqual([...giveWay({ x, y, radius, least })], shrunk);
  });
}

test("glyphs overlap only where they can be no smaller", () => {
  const count = 200;
  const x = Array.from({ length: count }, (_, i) => ((i * 7919) % 541) / 2);
  const y = Array.from({ length: count }, (_, i) => ((i * 104729) % 677) / 2);
  const radius = Array.from({ length: count }, (_, i) => 2 + (i % 9));
  const given = giveWay({ x, y, radius, least: 3 });
  for (let a = 0; a < count; a++) {
    assert.ok(given[a] <= radius[a] && given[a] >= Math.min(3, radius[a]));
    for (let b = 0; b < a; b++) {
      const apart = Math.hypot(x[a] - x[b], y[a] - y[b]);
      assert.ok(Math.min(given[a], given[b]) <= 3 || given[a] + given[b] <= apart + 1e-9);
    }
  }
});

test("the map opens on places of the last 90 days, or the last 20", () => {
  const iso = (/** @type {number} */ back) =>
    new Date(Date.parse("2025-12-11") - 86400000 * back).toISOString().slice(0, 10);
  const opensOn = (/** @type {number[]} */ ages) => {
    /** @type {import("./ledger_of.js").Row[]} */
    const rows = ages.flatMap((age, at) => [
      [`a${at}`, `p${at}`, iso(age), null, "u", "holds", "ukraine"],
      [`b${at}`, `p${at}`, iso(-5), null, "u", "holds", "ukraine"],
    ]);
    const { state, seek } = stateOf(rows, [["u", "ukraine"]]);
    seek("2025-12-11");
    return recentPlaces(state);
  };
  const many = Array.from({ length: 30 }, (_, at) => (at < 25 ? 89 : 90));
  assert.equal(opensOn(many).length, 25);
  const few = Array.from({ length: 30 }, (_, at) => 100 + at);
  assert.deepEqual(
    opensOn(few),
    Array.from({ length: 20 }, (_, at) => at),
  );
  assert.deepEqual(opensOn([0, -3]), [0]);
  assert.deepEqual(mostOf([5, 1, 9]), [1, 9]);
  assert.deepEqual(mostOf([...Array(20).keys(), 100].slice(1)), [2, 19]);
});

test("runs of pixels that are not empty", () => {
  assert.deepEqual(runsOf(Uint32Array.of(0, 1, 1, 0, 1, 0, 0, 1), 4), [0, 1, 3, 1, 0, 1, 1, 3, 4]);
});

test("a picture is laid over a sheet: what is whole hides, what is half clear mixes", () => {
  const [red, blue, green] = [0xff0000ff, 0x80ff0000, 0xff00ff00]; // blue is half clear
  const pixels = Uint32Array.of(blue, blue, green, 0);
  const picture = { pixels, runs: runsOf(pixels, 2), width: 2, height: 2, left: -1, top: -1 };
  /** @type {(x: number, y: number) => number[]} */
  const laidAt = (x, y) => {
    const sheet = { pixels: Uint32Array.of(red, 0, red, red), width: 2, height: 2 };
    lay(sheet, picture, x, y);
    return [...sheet.pixels];
  };
  assert.deepEqual(laidAt(1, 1), [0xff80007f, blue, green, red]);
  assert.deepEqual(laidAt(0, 0), [red, 0, red, red]); // its last pixel is empty
  assert.deepEqual(laidAt(2, 2), [red, 0, red, 0xff80007f]);
  assert.deepEqual(laidAt(9, -9), [red, 0, red, red]);
});

test("a glyph is put together from two halves, and what its state asks for", () => {
  const [ukraine, russia] = [laneState(0, 0), laneState(1, 2)];
  assert.deepEqual(partsOf(0).length, 1);
  assert.deepEqual(partsOf(HIDDEN), []);
  assert.equal(partsOf(glyphState(russia, russia, 0)).length, 2);
  assert.equal(partsOf(glyphState(ukraine, russia, russia)).length, 4);
  const [live, dormant] = [0, DORMANT].map((more) =>
    partsOf(glyphState(ukraine, russia, 0) + more),
  );
  assert.deepEqual(live.slice(0, 2), dormant.slice(0, 2));
  assert.notEqual(live[2], dormant[2]);
  const sizes = partsOf(glyphState(ukraine, russia, russia)).map((part) => reachOf(part, 4.5));
  assert.deepEqual(sizes[0], { left: 7, right: 0, half: 7 });
  assert.deepEqual(sizes[1], { left: 0, right: 7, half: 7 });
  assert.deepEqual(sizes[3], { left: 11, right: 11, half: 11 });
});

test("what the page did not hear is said again, also after it was away for long", (running) => {
  running.mock.timers.enable({ apis: ["setTimeout"] });
  /** @type {any[]} */
  const said = [];
  Object.assign(globalThis, { window: { Streamlit: { setComponentValue: said.push.bind(said) } } });
  const host = makeHost(() => ({ date: "2025-12-11" }));
  const wait = () => {
    for (let second = 0; second < 200; second++) running.mock.timers.tick(1000);
  };
  host.heard(0, 1);
  assert.equal(said.length, 0);
  host.send();
  wait();
  const given = said.length;
  assert.ok(given > 2 && given < 10);
  host.heard(0, 2);
  assert.deepEqual(said.slice(given), [{ number: given + 1, after: 2, date: "2025-12-11" }]);
  host.heard(given + 1, 2);
  wait();
  assert.equal(said.length, given + 1);
});

/**
 * What the map's keys do, in a row.
 * @param {{ key: string, on?: string, shiftKey?: boolean, ctrlKey?: boolean }[]} keys
 */
function pressed(keys) {
  /** @type {(string | number)[][]} */
  const told = [];
  /** @type {(name: string) => (...steps: number[]) => void} */
  const tell =
    (name) =>
    (...steps) =>
      told.push([name, ...steps]);
  const press = makeKeys({
    day: tell("day"),
    pan: tell("pan"),
    zoom: tell("zoom"),
    play: tell("play"),
    statement: tell("statement"),
    walk: tell("walk"),
    leave: tell("leave"),
  });
  for (const { on = "div", ...key } of keys) {
    /** @type {(css: string) => boolean} */
    const matches = (css) => css.split(", ").some((one) => on.split(" ").includes(one));
    const event = { ...key, target: { matches, click: tell("click") }, preventDefault: () => {} };
    press(/** @type {any} */ (event));
  }
  return told;
}

test("letters of the map's keys are known on Ukrainian and Russian layouts", () => {
  const [before, after] = [
    ["statement", -1],
    ["statement", 1],
  ];
  const keys = ["[", "х", "]", "ї", "ъ", "т", "з"].map((key) => ({ key }));
  const walked = [
    ["walk", 1],
    ["walk", -1],
  ];
  assert.deepEqual(pressed(keys), [before, before, after, after, after, ...walked]);
});

test("arrows move the day, with Shift by a week, and with Ctrl the map", () => {
  const [left, up] = [{ key: "ArrowLeft" }, { key: "ArrowUp" }];
  assert.deepEqual(pressed([left, up, { ...left, shiftKey: true }, { ...up, ctrlKey: true }]), [
    ["day", -1],
    ["day", 1],
    ["day", -7],
    ["pan", 0, -80],
  ]);
});

test("space is left to what it presses or opens, and presses a link that is a button", () => {
  const ons = ["button", "summary", "select", "div", "a [role=button]"];
  assert.deepEqual(pressed(ons.map((on) => ({ key: " ", on }))), [["play"], ["click"]]);
});
