// What the glyphs mean.

import { make, print } from "./dom.js";
import { DORMANT, drawGlyph, glyphState, laneState } from "./glyphs.js";

import { counted } from "./words.js";

/** @import { LegendParts, Style } from "./types.d.ts" */

/**
 * The legend is drawn with the map's own glyphs, so the two cannot differ.
 * @param {HTMLElement} parent
 * @param {LegendParts} parts
 */
export function makeLegend(parent, { words, style, within, open, toggled }) {
  const legend = make("details", "fl-legend", { "data-testid": "legend" });
  legend.open = open;
  legend.append(make("summary", "", {}, words.legend));
  const rows = make("div", "fl-legend-rows");
  const [ukraine, russia, contested] = [0, 1, 2].map((controller) => laneState(controller, 0));
  /** @type {(state: number, text?: string) => HTMLElement} */
  const row = (state, text) => {
    const said = make("span", "", {}, text);
    rows.append(legendGlyph(state, style), said);
    return said;
  };
  row(glyphState(ukraine, 0, 0), words.left_half);
  row(glyphState(0, russia, 0), words.right_half);
  const fills = make("div", "fl-fills", {}, words.fill);
  for (const [controller, name] of words.controllers.entries()) {
    const lane = laneState(controller, 0);
    fills.append(legendGlyph(glyphState(lane, lane, 0), style), name);
  }
  rows.append(fills);
  row(glyphState(russia, russia, 0), words.agreed);
  row(glyphState(ukraine, russia, 0), words.disputed);
  const dormant = row(glyphState(ukraine, russia, 0) + DORMANT);
  row(glyphState(ukraine, 0, contested), words.ring);
  row(glyphState(laneState(0, 2), laneState(1, 2), 0), words.pale);
  row(0, words.silent);
  legend.append(rows, make("p", "fl-caveat", {}, words.caveat));
  parent.append(legend);
  let before = open;
  legend.addEventListener("toggle", () => {
    if (legend.open !== before) toggled(); // browsers tell of an element that began open, too
    before = legend.open;
  });
  /** @type {(within: number) => void} */
  const tell = (within) => {
    dormant.textContent = Number.isFinite(within) ? counted(words.dormant, within) : "";
    for (const part of [dormant, dormant.previousElementSibling]) {
      part?.toggleAttribute("hidden", !Number.isFinite(within));
    }
  };
  tell(within);
  return { tell };
}

/**
 * @param {number} state
 * @param {Style} style
 */
function legendGlyph(state, style) {
  const size = 26;
  const canvas = make("canvas", "fl-legend-glyph", { "aria-hidden": "true" });
  print(canvas, { x: size, y: size }, 2, (context) => {
    context.translate(size / 2, size / 2);
    drawGlyph(context, state, 7, style);
  });
  return canvas;
}
