// Hundreds of places: glyphs put together from the pixels of their parts. A place that changes gets
// its square anew, with all that reaches into it; what a canvas is given so costs it the least, and
// the picture never depends on the path by which a day was reached.

import { partsOf, RINGS } from "./glyphs.js";
import { makeGrid } from "./grid.js";

/** @import { Box, Drawing, Picture, Raster, Scattering } from "./types.d.ts" */

const ALL_AT_ONCE = 3; // when more than one in so many places changed, all are drawn anew

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Scattering} what
 * @returns {Drawing}
 */
export function makeSparse(context, { places, at, radiusOf, states, above, pictures, scale }) {
  /** @type {(place: number) => Box} */
  const squareOf = (place) => {
    const half = Math.ceil(radiusOf(place)) + RINGS;
    const [x, y] = [Math.round(at.x[place]), Math.round(at.y[place])];
    return [x - half, y - half, x + half, y + half];
  };
  const neighboursOf = findNeighbours([...places], at, squareOf);
  /** @type {number[]} */
  let changed = [];

  /**
   * Puts together a box of the page's pixels, of places in the order in which they lie.
   * @param {Box} box
   * @param {number[]} drawn
   */
  function compose([left, top, right, bottom], drawn) {
    const image = new ImageData((right - left) * scale, (bottom - top) * scale);
    const { width, height } = image;
    const sheet = { pixels: new Uint32Array(image.data.buffer), width, height };
    for (const place of drawn) {
      const x = (Math.round(at.x[place]) - left) * scale;
      const y = (Math.round(at.y[place]) - top) * scale;
      for (const part of partsOf(states[place])) lay(sheet, pictures(part, radiusOf(place)), x, y);
    }
    context.putImageData(image, left * scale, top * scale);
  }

  return {
    paint(place) {
      changed.push(place);
    },
    flush() {
      if (changed.length * ALL_AT_ONCE > places.length) {
        const { width, height } = context.canvas;
        compose([0, 0, width / scale, height / scale], [...places].sort(above));
      } else {
        for (const place of changed) compose(squareOf(place), neighboursOf(place).sort(above));
      }
      changed = [];
    },
  };
}

/**
 * Gives those of the places whose squares a place's own reaches into, itself among them.
 * @param {number[]} places
 * @param {Scattering["at"]} at
 * @param {(place: number) => Box} squareOf
 * @returns {(place: number) => number[]}
 */
function findNeighbours(places, at, squareOf) {
  const widths = places.map(squareOf).map(([left, , right]) => right - left);
  const near = makeGrid(places, at, Math.max(1, ...widths) + 1); // places lie beside whole pixels
  /** @type {Map<number, number[]>} */
  const found = new Map();
  return (place) => {
    let neighbours = found.get(place);
    if (!neighbours) {
      const own = squareOf(place);
      neighbours = near(at.x[place], at.y[place]).filter((other) => {
        const [left, top, right, bottom] = squareOf(other);
        return left < own[2] && own[0] < right && top < own[3] && own[1] < bottom;
      });
      found.set(place, neighbours);
    }
    return neighbours;
  };
}

/**
 * Lays a picture over what is on a sheet, its centre at (x, y).
 * @param {Raster} sheet
 * @param {Picture} picture
 * @param {number} x
 * @param {number} y
 */
export function lay(sheet, picture, x, y) {
  const [left, top] = [x + picture.left, y + picture.top];
  const [first, last] = [Math.max(0, left), Math.min(sheet.width, left + picture.width)];
  const bottom = Math.min(sheet.height, top + picture.height);
  for (let row = Math.max(0, top); row < bottom; row++) {
    const from = (row - top) * picture.width - left;
    const to = row * sheet.width;
    for (let column = first; column < last; column++) {
      const colour = picture.pixels[from + column];
      const alpha = colour >>> 24;
      if (alpha === 255) sheet.pixels[to + column] = colour;
      else if (alpha) sheet.pixels[to + column] = over(colour, sheet.pixels[to + column]);
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
