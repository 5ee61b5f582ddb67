// Thousands of places at once: small glyphs written straight into a pixel buffer. Each pixel has
// one owner, the topmost glyph there, so a place that changes repaints just the pixels it owns:
// no overdraw, and the picture never depends on the path by which a day was reached.

import { DORMANT, HIDDEN, splitState } from "./glyphs.js";

/** @import { Drawing, Lane, Packing, Style } from "./types.d.ts" */

const [LEFT, LEFT_RIM] = [0, 2]; // parts of a glyph; those of its right half are one more

/**
 * The pixels of a disc of this radius: offsets from its centre, and the part each belongs to.
 * @param {number} radius
 */
function discMask(radius) {
  /** @type {{ dx: number[], dy: number[], part: number[] }} */
  const { dx, dy, part } = { dx: [], dy: [], part: [] };
  const edge = Math.ceil(radius);
  for (let y = -edge; y < edge; y++) {
    for (let x = -edge; x < edge; x++) {
      const distance = Math.hypot(x + 0.5, y + 0.5);
      if (distance > radius + 0.2) continue;
      const rim = distance > radius - 0.9;
      dx.push(x);
      dy.push(y);
      part.push((rim ? LEFT_RIM : LEFT) + (x < 0 ? 0 : 1));
    }
  }
  return { dx, dy, part };
}

/**
 * Red, green and blue of #rrggbb.
 * @param {string} hex
 */
export function rgb(hex) {
  return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
}

/**
 * Little-endian ABGR, as Uint32Array sees ImageData.
 * @param {number[]} rgb
 */
function pack([red, green, blue]) {
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}

/**
 * Four colours for each state: the two halves, and their rims.
 * @param {Style} style
 */
function makePalette(style) {
  const [paper, ink, unknown] = [style.paper, style.ink, style.unknown].map(rgb);
  /** @type {(colour: number[], opacity: number) => number[]} */
  const over = (colour, opacity) =>
    colour.map((channel, i) => Math.round(channel * opacity + paper[i] * (1 - opacity)));
  /** @type {(lane: Lane) => number[]} */
  const half = (lane) =>
    lane ? over(rgb(style.controllers[lane.controller]), style.opacities[lane.pale]) : paper;
  /** @type {(lane: Lane) => number[]} */
  const faint = (lane) => half(lane).map((channel, i) => Math.round((channel + ink[i]) / 2));
  /** @type {(lane: Lane) => number[]} */
  const rim = (lane) => (lane ? over(half(lane), 0.85) : unknown);
  const palette = new Uint32Array(4 * HIDDEN);
  for (let state = 0; state < HIDDEN; state++) {
    const [ukraine, russia] = splitState(state);
    const disputed = ukraine && russia && ukraine.controller !== russia.controller;
    // A pixel cannot be thinner, but fainter: the rim of a dormant disagreement.
    const strong = state < DORMANT ? [ink, ink] : [faint(ukraine), faint(russia)];
    const rims = disputed ? strong : [rim(ukraine), rim(russia)];
    palette.set([half(ukraine), half(russia), ...rims].map(pack), 4 * state);
  }
  return palette;
}

/**
 * places: which to draw, the topmost last; at: where each lies; radiusOf: how large each is.
 * @param {CanvasRenderingContext2D} context
 * @param {Omit<Packing, "width" | "height"> & { style: Style }} what
 * @returns {Drawing}
 */
export function makeDense(context, { places, at, radiusOf, style, count }) {
  const { width, height } = context.canvas;
  const image = new ImageData(width, height);
  const pixels = new Uint32Array(image.data.buffer);
  const palette = makePalette(style);
  const { start, owned, parts } = ownPixels({ places, at, radiusOf, count, width, height });
  let [top, bottom] = [height, 0];
  return {
    paint(place, state) {
      const first = start[place];
      const end = start[place + 1];
      for (let i = first; i < end; i++) pixels[owned[i]] = palette[4 * state + parts[i]];
      if (end > first) {
        top = Math.min(top, Math.floor(owned[first] / width));
        bottom = Math.max(bottom, Math.floor(owned[end - 1] / width) + 1);
      }
    },
    // Bring the rows that changed to the screen.
    flush() {
      if (bottom > top) context.putImageData(image, 0, 0, 0, top, width, bottom - top);
      [top, bottom] = [height, 0];
    },
  };
}

/**
 * For each place the pixels it owns, in one run from start[place] to start[place + 1], ascending.
 * @param {Packing} packing
 */
function ownPixels({ places, at, radiusOf, count, width, height }) {
  const owner = new Int32Array(width * height).fill(-1);
  const partOf = new Uint8Array(width * height);
  const masks = new Map();
  for (const place of places) {
    const radius = radiusOf(place);
    if (!masks.has(radius)) masks.set(radius, discMask(radius));
    const { dx, dy, part } = masks.get(radius);
    const [cx, cy] = [Math.round(at.x[place]), Math.round(at.y[place])];
    for (let i = 0; i < dx.length; i++) {
      const [x, y] = [cx + dx[i], cy + dy[i]];
      if (x < 0 || y < 0 || x >= width || y >= height) continue;
      owner[y * width + x] = place;
      partOf[y * width + x] = part[i];
    }
  }
  const start = new Int32Array(count + 1);
  for (const place of owner) if (place >= 0) start[place + 1]++;
  for (let place = 0; place < count; place++) start[place + 1] += start[place];
  const next = start.slice(0, count);
  const owned = new Int32Array(start[count]);
  const parts = new Uint8Array(start[count]);
  for (let pixel = 0; pixel < owner.length; pixel++) {
    if (owner[pixel] < 0) continue;
    const i = next[owner[pixel]]++;
    owned[i] = pixel;
    parts[i] = partOf[pixel];
  }
  return { start, owned, parts };
}
