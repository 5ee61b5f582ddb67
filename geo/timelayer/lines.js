// Lines of areas: from a grid's whole numbers to parts of the world's width, and onto a canvas.

/** @import { Borders, CodedBorders, CodedLines, Frame, Lines, World } from "./types.d.ts" */

/**
 * Spherical Mercator as Leaflet's, in parts of the world's width.
 * @param {{ lat: ArrayLike<number>, lon: ArrayLike<number> }} degrees
 * @returns {World}
 */
export function projectPlaces({ lat, lon }) {
  const [x, y] = [new Float64Array(lon.length), new Float64Array(lat.length)];
  // Loops, for this is on the way to the first picture: `from` would ask a function for each.
  for (let at = 0; at < x.length; at++) x[at] = lon[at] / 360 + 0.5;
  for (let at = 0; at < y.length; at++) {
    const sine = Math.sin((lat[at] * Math.PI) / 180);
    y[at] = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
  }
  return { x, y };
}

/**
 * Points as x, y, dx, dy, ... of a grid, in runs of the given lengths, in parts of the world.
 * @param {CodedLines} coded
 * @param {number} grid
 * @returns {Lines}
 */
export function decodeLines({ points, lengths }, grid) {
  const start = new Int32Array(lengths.length + 1);
  const [lon, lat] = [new Float64Array(points.length / 2), new Float64Array(points.length / 2)];
  const [head, tail] = [new Float64Array(lengths.length), new Float64Array(lengths.length)];
  for (const [line, length] of lengths.entries()) {
    const first = start[line];
    start[line + 1] = first + length;
    let [x, y] = [0, 0];
    for (let at = first; at < first + length; at++) {
      x += points[2 * at];
      y += points[2 * at + 1];
      lon[at] = x / grid;
      lat[at] = y / grid;
      if (at === first) head[line] = x * 2 ** 24 + y; // degrees are positive in the theatre
    }
    tail[line] = x * 2 ** 24 + y;
  }
  return { ...projectPlaces({ lat, lon }), start, head, tail };
}

/**
 * @param {CodedBorders} coded See `encode_borders`.
 * @returns {Borders}
 */
export function decodeBorders(coded) {
  let end = 0;
  const outlines = coded.id.map((id, outline) => {
    const first = end;
    end += coded.rings[outline];
    return { id, kind: coded.kind[outline], country: coded.country[outline], first, end };
  });
  return { lines: decodeLines(coded, coded.grid), outlines };
}

/**
 * Adds a line to a path, from either end.
 * @param {Path2D} path
 * @param {Lines} lines
 * @param {number} line
 * @param {Frame} frame
 * @param {{ forward?: boolean, move?: boolean }} [how]
 */
export function trace(path, lines, line, { world, x, y }, { forward = true, move = true } = {}) {
  const [first, end] = [lines.start[line], lines.start[line + 1]];
  for (let step = move ? 0 : 1; step < end - first; step++) {
    const at = forward ? first + step : end - 1 - step;
    const [left, top] = [lines.x[at] * world - x, lines.y[at] * world - y];
    if (step === 0) path.moveTo(left, top);
    else path.lineTo(left, top);
  }
}
