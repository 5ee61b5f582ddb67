// Outlines of countries and oblasts, from a file that is always there.

import { Overlay } from "./overlay.js";

/** @import { Borders, Box, Frame, Lines, Outline } from "./types.d.ts" */

const TENTHS = 10; // of a pixel, in which paths are written
const APART = 1 * TENTHS; // nearer to the point before, a point of an outline is left out

/**
 * How far each line reaches, in parts of the world: left, top, right, bottom.
 * @param {Lines} lines
 * @returns {Box[]}
 */
function boxesOf({ x, y, start }) {
  return Array.from(start.subarray(1), (end, line) => {
    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let at = start[line]; at < end; at++) {
      if (x[at] < left) left = x[at];
      if (x[at] > right) right = x[at];
      if (y[at] < top) top = y[at];
      if (y[at] > bottom) bottom = y[at];
    }
    return [left, top, right, bottom];
  });
}

/**
 * A ring as a path of SVG, in tenths of a pixel: whole numbers are written the fastest.
 * @param {Lines} lines
 * @param {number} line
 * @param {Frame} frame
 */
function pathOf({ x, y, start }, line, { world, x: west, y: north }) {
  // A list that grows would leave the garbage collector as much again.
  const points = new Int32Array(2 * (start[line + 1] - start[line]));
  let [before, above, written] = [Infinity, Infinity, 0];
  for (let at = start[line]; at < start[line + 1]; at++) {
    const left = Math.round(TENTHS * (x[at] * world - west));
    const top = Math.round(TENTHS * (y[at] * world - north));
    if ((left - before) ** 2 + (top - above) ** 2 < APART ** 2) continue;
    points[written++] = left;
    points[written++] = top;
    before = left;
    above = top;
  }
  return `M${points.subarray(0, written).join(" ")}Z`;
}

/** @typedef {{ has: (outline: Outline) => boolean, look: () => Record<string, string> }} Group */

/**
 * Outlines as SVG, which costs nothing while days move; a path for each group, the first the lowest.
 */
export class BorderLayer extends Overlay {
  /**
   * @param {Borders} borders
   * @param {Group[]} groups
   * @param {L.RendererOptions} options
   */
  constructor({ lines, outlines }, groups, options) {
    super({ padding: 0.3, ...options });
    this._lines = lines;
    this._boxes = boxesOf(lines);
    this._groups = groups.map(({ has, look }) => ({
      outlines: outlines.filter(has),
      look,
      path: /** @type {SVGPathElement} */ (L.SVG.create("path")),
    }));
  }

  _initContainer() {
    this._container = /** @type {any} */ (L.SVG.create("svg"));
    const group = L.SVG.create("g");
    group.setAttribute("transform", `scale(${1 / TENTHS})`);
    group.append(...this._groups.map(({ path }) => path));
    this._container.append(group);
    this.restyle();
  }

  /** @param {Frame} frame */
  drawAnew(frame) {
    this._container.setAttribute("width", String(frame.size.x));
    this._container.setAttribute("height", String(frame.size.y));
    for (const { outlines, path } of this._groups) {
      path.setAttribute("d", outlines.map((outline) => this._outline(outline, frame)).join(""));
    }
  }

  /**
   * @param {Outline} outline
   * @param {Frame} frame
   */
  _outline({ first, end }, frame) {
    const { world, x, y, size } = frame;
    let path = "";
    for (let line = first; line < end; line++) {
      const [left, top, right, bottom] = this._boxes[line];
      const across = right * world > x && left * world < x + size.x;
      if (across && bottom * world > y && top * world < y + size.y) {
        path += pathOf(this._lines, line, frame);
      }
    }
    return path;
  }

  restyle() {
    for (const { look, path } of this._groups) {
      for (const [name, value] of Object.entries(look())) path.setAttribute(name, value);
    }
  }
}
