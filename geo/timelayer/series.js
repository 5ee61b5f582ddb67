import { rgb } from "./dense.js";
import { CONTESTED, RUSSIA } from "./glyphs.js";
import { decodeLines, trace } from "./lines.js";

// Series of control areas, which come as shared arcs (geo/areas/topology.py) that are stitched to
// rings for the day's observation.
export function decodeSeries(payload, days) {
  const parts = Object.entries(payload.controllers).map(([controller, coded]) => ({
    controller,
    lines: decodeLines(coded, payload.grid),
    spans: Int32Array.from(coded.spans),
    inside: Int32Array.from(coded.inside),
  }));
  return { ...payload, observed: Int32Array.from(payload.days, days.parse), parts };
}

// Which observation counts on a day: the latest on or before it; -1 before the first.
export function observationOn({ observed }, day) {
  let [low, high] = [0, observed.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (observed[middle] <= day) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

// The rings of one controller in one observation, as a path to fill by the even-odd rule.
function stitch({ lines, spans }, observation, frame) {
  const { head, tail } = lines;
  const arcs = [];
  const ends = new Map();
  const note = (node, arc) => (ends.has(node) ? ends.get(node).push(arc) : ends.set(node, [arc]));
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
    let [arc, node, move] = [first, head[first], true];
    do {
      used[arc] = 1;
      const forward = head[arc] === node;
      trace(path, lines, arc, frame, { forward, move });
      node = forward ? tail[arc] : head[arc];
      move = false;
      arc = ends.get(node).find((next) => !used[next]);
    } while (arc !== undefined && node !== head[first]);
    path.closePath();
  }
  return path;
}

// What a series shows of a place on a day: {controller, since}, null outside, undefined before.
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

const AREA_OPACITY = 0.34;
const DASHES = [[], [7, 4], [2, 3]]; // outlines of the first, second and third series shown

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

// Gained: the controller's fill; lost: every other stripe of it; kept: its outline alone.
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
  context.strokeStyle = change === "kept" || code === CONTESTED ? style.ink : style.controllers[code];
  context.stroke(path);
  context.setLineDash([]);
}

// Diagonal stripes in two colours, or one; -1 leaves its stripes empty. Russia's own fill carries
// fine lines, as in the glyphs.
export function areaFill(context, style, ukraine, russia) {
  style.fills ??= new Map();
  const key = `${ukraine} ${russia}`;
  if (style.fills.has(key)) return style.fills.get(key);
  const size = 16;
  const tile = new ImageData(size, size);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const diagonal = (x + y) % size;
      const controller = diagonal < size / 2 ? ukraine : russia;
      if (controller < 0) continue;
      const line = controller === RUSSIA && diagonal % 8 === 0;
      const opacity = line ? 2 * AREA_OPACITY : AREA_OPACITY;
      tile.data.set([...rgb(style.controllers[controller]), 255 * opacity], 4 * (y * size + x));
    }
  }
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [size, size];
  canvas.getContext("2d").putImageData(tile, 0, 0);
  style.fills.set(key, context.createPattern(canvas, "repeat"));
  return style.fills.get(key);
}
