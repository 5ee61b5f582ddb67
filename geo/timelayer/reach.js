// Areas that follow from statements: the reach of settlements, and oblasts as outlines. Both are
// drawn by the glyph's rule: what Ukraine's side says and what Russia's side says, in turns.

import { CONTESTED } from "./glyphs.js";
import { decodeLines, projectPlaces, trace } from "./lines.js";
import { areaFill } from "./series.js";

const DASH = 10; // px, of an oblast's outline

// controllerOf(place, lane): code of the controller, or -1 when that side has not spoken.
export function makeReach(payload, { style, controllerOf }) {
  const lines = decodeLines(payload, payload.grid);
  const count = payload.lengths.length;
  let [paths, drawn] = [[], null];
  const inSight = (place, { world, x, y, size }) => {
    const at = lines.start[place];
    const [left, top] = [lines.x[at] * world - x, lines.y[at] * world - y];
    const margin = world / 900; // wider than a cell: 16 km of 40,000
    return left > -margin && top > -margin && left < size.x + margin && top < size.y + margin;
  };
  return (context, frame) => {
    if (drawn !== frame) { // the map was moved
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
    const alike = new Map();
    for (const [place, path] of paths) {
      const [ukraine, russia] = [controllerOf(place, 0), controllerOf(place, 1)];
      if (ukraine < 0 && russia < 0) continue;
      const key = 4 * (ukraine + 1) + russia + 1;
      if (!alike.has(key)) alike.set(key, { ukraine, russia, path: new Path2D() });
      alike.get(key).path.addPath(path);
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

// The outlines of the oblasts that anybody spoke of; `first` is the first oblast among the places.
export function makeOblasts(borders, { places, first, style, controllerOf, isSelected }) {
  const shapes = places.id.slice(first).map((id) => {
    const { geometry } = borders.features.find((feature) => feature.id === id);
    const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    return polygons.flat().map((ring) => projectPlaces({ lon: ring.map(([lon]) => lon), lat: ring.map(([, lat]) => lat) }));
  });
  const middles = projectPlaces({ lat: places.lat.slice(first), lon: places.lon.slice(first) });
  let [paths, drawn] = [[], null];
  const outline = (rings, { world, x, y }) => {
    const path = new Path2D();
    for (const ring of rings) {
      ring.x.forEach((at, i) => path[i ? "lineTo" : "moveTo"](at * world - x, ring.y[i] * world - y));
      path.closePath();
    }
    return path;
  };
  const line = (context, path, colour, width, dash = [], offset = 0) => {
    context.setLineDash(dash);
    context.lineDashOffset = offset;
    context.lineWidth = width;
    context.strokeStyle = colour;
    context.stroke(path);
    context.setLineDash([]);
  };
  const draw = (context, frame) => {
    if (drawn !== frame) {
      drawn = frame;
      paths = shapes.map((rings) => outline(rings, frame));
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
  const name = (context, { world, x, y }, index, text, selected) => {
    context.font = `italic ${selected ? 700 : 500} 13px system-ui, sans-serif`;
    context.textAlign = "center";
    context.lineWidth = 3;
    context.strokeStyle = style.paper;
    context.fillStyle = style.ink;
    const at = [middles.x[index] * world - x, middles.y[index] * world - y];
    context.strokeText(text, ...at);
    context.fillText(text, ...at);
  };
  // The oblast under a point of the canvas, as a place; -1 for none.
  const pick = (context, { x, y }) => {
    const found = paths.findIndex((path) => context.isPointInPath(path, x, y, "evenodd"));
    return found < 0 ? -1 : first + found;
  };
  return { draw, pick };
}
