// How areas are filled: by the glyph's rule, in stripes of two colours.

import { rgb } from "./dense.js";
import { pen } from "./dom.js";
import { RUSSIA } from "./glyphs.js";

/** @import { Style } from "./types.d.ts" */

const AREA_OPACITY = 0.34;
const SIZE = 16; // px, of the pattern

/**
 * Diagonal stripes in two colours, or one; -1 leaves its stripes empty. Russia's own fill carries
 * fine lines, as in the glyphs.
 * @param {CanvasRenderingContext2D} context
 * @param {Style} style
 * @param {number} ukraine
 * @param {number} russia
 * @returns {CanvasPattern}
 */
export function areaFill(context, style, ukraine, russia) {
  style.fills ??= new Map();
  const key = `${ukraine} ${russia}`;
  const known = style.fills.get(key);
  if (known) return known;
  const tile = new ImageData(SIZE, SIZE);
  for (let y = 0; y < SIZE; y++) {
    for (let x = 0; x < SIZE; x++) {
      const diagonal = (x + y) % SIZE;
      const controller = diagonal < SIZE / 2 ? ukraine : russia;
      if (controller < 0) continue;
      const line = controller === RUSSIA && diagonal % 8 === 0;
      const opacity = line ? 2 * AREA_OPACITY : AREA_OPACITY;
      tile.data.set([...rgb(style.controllers[controller]), 255 * opacity], 4 * (y * SIZE + x));
    }
  }
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [SIZE, SIZE];
  pen(canvas).putImageData(tile, 0, 0);
  const pattern = /** @type {CanvasPattern} */ (context.createPattern(canvas, "repeat"));
  style.fills.set(key, pattern);
  return pattern;
}
