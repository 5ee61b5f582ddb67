// Areas that follow from statements: the reach of settlements, and oblasts as outlines. Both are
// drawn by the glyph's rule: what Ukraine's side says and what Russia's side says, in turns.

import { areaFill } from "./fill.js";
import { CONTESTED } from "./glyphs.js";
import { decodeLines, projectPlaces, trace } from "./lines.js";

/** @import { Borders, CodedReach, Draw, Frame, OblastParts, Outline, State, Style } from "./types.d.ts" */

const DASH = 10; // px, of the outline of an oblast

/**
 * @param {CodedReach} payload
 * @param {{ style: Style, controllerOf: State["controllerOf"] }} parts
 * @returns {Draw}
 */
export function makeReach(payload, { style, controllerOf }) {
  const lines = decodeLines(payload, payload.grid);
  const count = payload.lengths.length;
  /** @type {[place: number, path: Path2D][]} */
  let paths = [];
  /** @type {Frame | undefined} */
  let drawn;
  /** @type {(place: number, frame: Frame) => boolean} */
  const inSight = (place, { world, x, y, size }) => {
    const at = lines.start[place];
    const [left, top] = [lines.x[at] * world - x, lines.y[at] * world - y];
    const margin = world / 900; // wider than a cell: 16 km of 40,000
    return left > -margin && top > -margin && left < size.x + margin && top < size.y + margin;
  };
  return (context, frame) => {
    if (drawn !== frame) {
      // the map was moved
      drawn = frame;
      paths = [];
      for (let place = 0; place < count; place++) {
        if (!inSight(place, frame)) continue;
        const path = new Path2D();
        trace(path, lines, place, frame);
        path.closePath();
        paths.push([place, path]);
      }
    }
    /** @type {Map<number, { ukraine: number, russia: number, path: Path2D }>} */
    const alike = new Map();
    for (const [place, path] of paths) {
      const [ukraine, russia] = [controllerOf(place, 0), controllerOf(place, 1)];
      if (ukraine < 0 && russia < 0) continue;
      const key = 4 * (ukraine + 1) + russia + 1;
      const joined = alike.get(key) ?? { ukraine, russia, path: new Path2D() };
      joined.path.addPath(path);
      alike.set(key, joined);
    }
    for (const { ukraine, russia, path } of alike.values()) {
      context.fillStyle = areaFill(context, style, ukraine, russia);
      context.fill(path);
      context.lineWidth = 0.7;
      context.strokeStyle = style.unknown;
      context.stroke(path);
    }
  };
}

/**
 * The outlines of the oblasts that anybody spoke of; `first` is the first oblast among the places.
 * @param {Borders} borders
 * @param {OblastParts} parts
 */
export function makeOblasts(borders, { places, first, style, controllerOf, isSelected }) {
  const outlines = places.id
    .slice(first)
    .map((id) => borders.outlines.find((outline) => outline.id === id));
  const middles = projectPlaces({ lat: places.lat.slice(first), lon: places.lon.slice(first) });
  /** @type {Path2D[]} */
  let paths = [];
  /** @type {Frame | undefined} */
  let drawn;
  /** @type {(outline: Outline | undefined, frame: Frame) => Path2D} */
  const pathOf = (outline, frame) => {
    const path = new Path2D();
    for (let ring = outline?.first ?? 0; ring < (outline?.end ?? 0); ring++) {
      trace(path, borders.lines, ring, frame);
      path.closePath();
    }
    return path;
  };
  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Path2D} path
   * @param {string} colour
   * @param {number} width
   * @param {number[]} [dash]
   * @param {number} [offset]
   */
  const line = (context, path, colour, width, dash = [], offset = 0) => {
    context.setLineDash(dash);
    context.lineDashOffset = offset;
    context.lineWidth = width;
    context.strokeStyle = colour;
    context.stroke(path);
    context.setLineDash([]);
  };
  /** @type {Draw} */
  const draw = (context, frame) => {
    if (drawn !== frame) {
      drawn = frame;
      paths = outlines.map((outline) => pathOf(outline, frame));
    }
    for (const [index, path] of paths.entries()) {
      const place = first + index;
      const [ukraine, russia, third] = [0, 1, 2].map((lane) => controllerOf(place, lane));
      const selected = isSelected(place);
      if (ukraine < 0 && russia < 0 && third < 0 && !selected) continue;
      const pale = [ukraine, russia, third].includes(CONTESTED); // yellow needs a dark casing
      line(context, path, selected || pale ? style.ink : style.paper, selected ? 7 : 5);
      if (ukraine >= 0 && ukraine === russia) line(context, path, style.controllers[ukraine], 3);
      else {
        if (ukraine >= 0) line(context, path, style.controllers[ukraine], 3, [DASH, DASH]);
        if (russia >= 0) line(context, path, style.controllers[russia], 3, [DASH, DASH], DASH);
      }
      if (third >= 0) line(context, path, style.controllers[third], 1.2, [2, 5]);
      name(context, frame, index, places.name[place], selected);
    }
  };
  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Frame} frame
   * @param {number} index
   * @param {string} text
   * @param {boolean} selected
   */
  const name = (context, { world, x, y }, index, text, selected) => {
    context.font = `italic ${selected ? 700 : 500} 13px system-ui, sans-serif`;
    context.textAlign = "center";
    context.lineWidth = 3;
    context.strokeStyle = style.paper;
    context.fillStyle = style.ink;
    const [left, top] = [middles.x[index] * world - x, middles.y[index] * world - y];
    context.strokeText(text, left, top);
    context.fillText(text, left, top);
  };
  /**
   * The oblast under a point of the canvas, as a place; -1 for none.
   * @param {CanvasRenderingContext2D} context
   * @param {L.Point} point
   */
  const pick = (context, { x, y }) => {
    const found = paths.findIndex((path) => context.isPointInPath(path, x, y, "evenodd"));
    return found < 0 ? -1 : first + found;
  };
  return { draw, pick };
}
