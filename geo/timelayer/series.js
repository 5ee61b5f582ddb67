// Series of control areas, which come as shared arcs (geo/areas/topology.py) that are stitched to
// rings for the day's observation.

import { areaFill } from "./fill.js";
import { CONTESTED } from "./glyphs.js";
import { decodeLines, trace } from "./lines.js";

/** @import { CodedArcs, CodedSeries, Controller, Days, DifferenceRow, Frame, Series, SeriesPart, Style } from "./types.d.ts" */

/**
 * @param {CodedSeries} payload
 * @param {Days} days
 * @returns {Series}
 */
export function decodeSeries(payload, days) {
  const coded = /** @type {[Controller, CodedArcs][]} */ (Object.entries(payload.controllers));
  const parts = coded.map(([controller, arcs]) => ({
    controller,
    lines: decodeLines(arcs, payload.grid),
    spans: Int32Array.from(arcs.spans),
    inside: Int32Array.from(arcs.inside),
  }));
  return { ...payload, observed: Int32Array.from(payload.days, days.parse), parts };
}

/**
 * Which observation counts on a day: the latest on or before it; -1 before the first.
 * @param {Pick<Series, "observed">} series
 * @param {number} day
 */
export function observationOn({ observed }, day) {
  let [low, high] = [0, observed.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (observed[middle] <= day) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/**
 * The rings of one controller in one observation, as a path to fill by the even-odd rule.
 * @param {Pick<SeriesPart, "lines" | "spans">} part
 * @param {number} observation
 * @param {Frame} frame
 */
function stitch({ lines, spans }, observation, frame) {
  const { head, tail } = lines;
  /** @type {number[]} */
  const arcs = [];
  /** @type {Map<number, number[]>} */
  const ends = new Map();
  /** @type {(node: number, arc: number) => void} */
  const note = (node, arc) => {
    const here = ends.get(node);
    if (here) here.push(arc);
    else ends.set(node, [arc]);
  };
  for (let i = 0; i < spans.length; i += 3) {
    if (spans[i + 1] > observation || observation >= spans[i + 2]) continue;
    arcs.push(spans[i]);
    note(head[spans[i]], spans[i]);
    note(tail[spans[i]], spans[i]);
  }
  const used = new Uint8Array(head.length);
  const path = new Path2D();
  for (const first of arcs) {
    if (used[first]) continue;
    /** @type {number | undefined} */
    let arc = first;
    let [node, move] = [head[first], true];
    do {
      used[arc] = 1;
      const forward = head[arc] === node;
      trace(path, lines, arc, frame, { forward, move });
      node = forward ? tail[arc] : head[arc];
      move = false;
      arc = ends.get(node)?.find((next) => !used[next]);
    } while (arc !== undefined && node !== head[first]);
    path.closePath();
  }
  return path;
}

/**
 * What a series shows of a place on a day: {controller, since}, null outside, undefined before.
 * @param {Series} series
 * @param {number} place
 * @param {number} day
 */
export function shownOf(series, place, day) {
  const observation = observationOn(series, day);
  if (observation < 0) return undefined;
  for (const { controller, inside } of series.parts) {
    for (let i = 0; i < inside.length; i += 3) {
      if (inside[i] === place && inside[i + 1] <= observation && observation < inside[i + 2]) {
        return { controller, since: series.days[inside[i + 1]] };
      }
    }
  }
  return null;
}

const DASHES = [[], [7, 4], [2, 3]]; // outlines of the first, second and third series shown

/**
 * Fills and outlines what a series shows on a day; the outline tells the first series shown from the next.
 * @param {CanvasRenderingContext2D} context
 * @param {Frame} frame
 * @param {Series} series
 * @param {number} day
 * @param {Style} style
 * @param {number} rank
 */
export function paintSeries(context, frame, series, day, style, rank) {
  const observation = observationOn(series, day);
  if (observation < 0) return;
  for (const part of series.parts) {
    const path = stitch(part, observation, frame);
    const controller = style.names.indexOf(part.controller);
    context.fillStyle = areaFill(context, style, controller, controller);
    context.fill(path, "evenodd");
    context.setLineDash(DASHES[rank % DASHES.length]);
    context.lineWidth = 1.6;
    context.strokeStyle = controller === CONTESTED ? style.ink : style.controllers[controller];
    context.stroke(path);
    context.setLineDash([]);
  }
}

/**
 * Gained: the controller's fill; lost: every other stripe of it; kept: its outline alone.
 * @param {CanvasRenderingContext2D} context
 * @param {Frame} frame
 * @param {DifferenceRow} row
 * @param {Style} style
 */
export function paintChange(context, frame, { change, controller, lines }, style) {
  const path = new Path2D();
  for (let ring = 0; ring < lines.head.length; ring++) {
    trace(path, lines, ring, frame);
    path.closePath();
  }
  const code = style.names.indexOf(controller);
  if (change !== "kept") {
    context.fillStyle = areaFill(context, style, code, change === "gained" ? code : -1);
    context.fill(path, "evenodd");
  }
  context.setLineDash(change === "lost" ? [6, 4] : []);
  context.lineWidth = change === "kept" ? 0.8 : 2;
  context.strokeStyle =
    change === "kept" || code === CONTESTED ? style.ink : style.controllers[code];
  context.stroke(path);
  context.setLineDash([]);
}
