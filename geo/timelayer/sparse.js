// Hundreds of places: glyphs put together from the pixels of their parts. A place that changes gets
// its square anew, with all that reaches into it; what a canvas is given so costs it the least, and
// the picture never depends on the path by which a day was reached.

import { partsOf, RINGS } from "./glyphs.js";
import { makeGrid } from "./grid.js";
import { lay } from "./pictures.js";

/** @import { Box, Drawing, Scattering } from "./types.d.ts" */

const ALL_AT_ONCE = 2; // when as many as so often all would be drawn, all are drawn at once
const BAND = 64; // px; all are drawn in bands: large images would call for the garbage collector

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
  /** @type {Map<number, ImageData>} */
  const sheets = new Map(); // of squares, by their width

  /**
   * Puts together a part of the canvas, of places in the order in which they lie.
   * @param {ImageData} image Empty.
   * @param {number} left In pixels of the page.
   * @param {number} top
   * @param {number[]} drawn
   */
  function compose(image, left, top, drawn) {
    const { width, height } = image;
    const sheet = { pixels: new Uint32Array(image.data.buffer), width, height };
    for (const place of drawn) {
      const x = (Math.round(at.x[place]) - left) * scale;
      const y = (Math.round(at.y[place]) - top) * scale;
      for (const part of partsOf(states[place])) lay(sheet, pictures(part, radiusOf(place)), x, y);
    }
    context.putImageData(image, left * scale, top * scale);
  }

  /** @param {number} place */
  function drawAround(place) {
    const [left, top, right] = squareOf(place);
    const width = (right - left) * scale;
    const sheet = sheets.get(width) ?? new ImageData(width, width);
    sheets.set(width, sheet);
    sheet.data.fill(0);
    compose(sheet, left, top, neighboursOf(place).sort(above));
  }

  const drawnAround = () => changed.reduce((sum, place) => sum + neighboursOf(place).length, 0);

  function drawAll() {
    const { width, height } = context.canvas;
    const ordered = [...places].sort(above);
    const squares = ordered.map(squareOf);
    const band = new ImageData(width, BAND * scale);
    for (let top = 0; top * scale < height; top += BAND) {
      const within = ordered.filter((_, nth) => {
        const [, from, , to] = squares[nth];
        return from < top + BAND && to > top;
      });
      band.data.fill(0);
      compose(band, 0, top, within);
    }
  }

  return {
    paint(place) {
      changed.push(place);
    },
    flush() {
      // The first time it is all, and nobody has asked yet who lies near to whom.
      const all = changed.length === places.length;
      if (all || drawnAround() > ALL_AT_ONCE * places.length) drawAll();
      else changed.forEach(drawAround);
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
