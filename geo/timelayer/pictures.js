// The pixels of a glyph's parts, and how they are laid over each other. What is put together here and
// then handed to a canvas costs it less than as many drawing calls.

import { drawPart, reachOf } from "./glyphs.js";

/** @import { Picture, Pictures, Raster, Style } from "./types.d.ts" */

const LARGEST = 26; // px from the centre that a glyph may take, its ring too

/**
 * The pixels of each part in each size, drawn once; `scale` is the screen's pixel ratio.
 * @param {Style} style
 * @param {number} scale
 * @returns {Pictures}
 */
export function makePictures(style, scale) {
  /** @type {Map<number, Picture>} */
  const pictures = new Map();
  const sheet = new OffscreenCanvas(2 * LARGEST * scale, 2 * LARGEST * scale);
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (
    sheet.getContext("2d", { willReadFrequently: true })
  );
  context.scale(scale, scale);
  context.translate(LARGEST, LARGEST);
  return (part, radius) => {
    const key = part * 64 + Math.round(radius * 2);
    let picture = pictures.get(key);
    if (!picture) {
      const { left, right, half } = reachOf(part, radius);
      const box = [LARGEST - left, LARGEST - half, left + right, 2 * half].map((n) => n * scale);
      context.clearRect(-LARGEST, -LARGEST, 2 * LARGEST, 2 * LARGEST);
      drawPart(context, part, radius, style);
      const { data, width, height } = context.getImageData(box[0], box[1], box[2], box[3]);
      const pixels = new Uint32Array(data.buffer);
      const runs = runsOf(pixels, width);
      picture = { pixels, runs, width, height, left: -left * scale, top: -half * scale };
      pictures.set(key, picture);
    }
    return picture;
  };
}

/**
 * Runs of pixels that are not empty, flat: row, first and end of each.
 * @param {Uint32Array} pixels
 * @param {number} width
 */
export function runsOf(pixels, width) {
  const runs = [];
  for (let at = 0; at < pixels.length; at += width) {
    for (let column = 0; column < width; column++) {
      if (!pixels[at + column]) continue;
      const first = column;
      while (column < width && pixels[at + column]) column++;
      runs.push(at / width, first, column);
    }
  }
  return runs;
}

/**
 * Lays a picture over what is on a sheet, its centre at (x, y).
 * @param {Raster} sheet
 * @param {Picture} picture
 * @param {number} x
 * @param {number} y
 */
export function lay(sheet, { pixels, runs, width, left, top }, x, y) {
  const start = x + left;
  for (let i = 0; i < runs.length; i += 3) {
    const row = y + top + runs[i];
    if (row < 0 || row >= sheet.height) continue;
    const end = Math.min(sheet.width, start + runs[i + 2]);
    const from = runs[i] * width - start;
    const to = row * sheet.width;
    for (let column = Math.max(0, start + runs[i + 1]); column < end; column++) {
      const colour = pixels[from + column];
      const whole = colour >>> 24 === 255;
      sheet.pixels[to + column] = whole ? colour : over(colour, sheet.pixels[to + column]);
    }
  }
}

/**
 * A colour over another, both as ImageData has them: alpha above, not multiplied into the rest.
 * @param {number} upper
 * @param {number} lower
 */
function over(upper, lower) {
  const rest = ((lower >>> 24) * (255 - (upper >>> 24))) / 255;
  const alpha = (upper >>> 24) + rest;
  let mixed = Math.round(alpha) << 24;
  for (let shift = 0; shift < 24; shift += 8) {
    const sum = ((upper >>> shift) & 255) * (upper >>> 24) + ((lower >>> shift) & 255) * rest;
    mixed |= Math.round(sum / alpha) << shift;
  }
  return mixed >>> 0;
}
