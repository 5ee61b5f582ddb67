// Names beside the glyphs: none over another, over a glyph or under a panel.

/** @import { Box, Named, Pen, Style } from "./types.d.ts" */

/**
 * Writes names, the first first; one that finds no room is left out.
 * @param {Pen} context
 * @param {Named[]} named
 * @param {{ panels: Box[], glyphs: Box[], style: Style }} around
 */
export function writeNames(context, named, { panels, glyphs, style }) {
  context.textBaseline = "middle";
  context.lineJoin = "round";
  const taken = [...panels];
  for (const each of named) {
    const { text, x, y, selected } = each;
    if (selected) {
      context.beginPath();
      context.arc(x, y, each.room, 0, 2 * Math.PI);
      context.lineWidth = 2.5;
      context.strokeStyle = style.ink;
      context.stroke();
    }
    if (!text) continue;
    context.font = `${selected ? 700 : each.weight} ${selected ? 14 : 12}px system-ui, sans-serif`;
    const width = context.measureText(text).width;
    // The chosen place keeps its name even where it lies over a neighbour.
    const spot = findSpot(each, width, selected ? [taken] : [taken, glyphs]);
    if (!spot) continue;
    const [left, middle] = spot;
    taken.push(boxAt(spot, width));
    context.lineWidth = 3;
    context.strokeStyle = style.paper;
    context.strokeText(text, left, middle);
    context.fillStyle = style.ink;
    context.fillText(text, left, middle);
  }
}

/**
 * Where a name of a width finds room: right, left, above or below; its left end and middle.
 * @param {Named} named
 * @param {number} width
 * @param {Box[][]} taken
 * @returns {[number, number] | undefined}
 */
function findSpot({ x, y, radius, selected }, width, taken) {
  const gap = radius + 5 + (selected ? 4 : 0);
  /** @type {[number, number][]} */
  const spots = [
    [x + gap, y],
    [x - gap - width, y],
    [x - width / 2, y - gap - 4],
    [x - width / 2, y + gap + 4],
  ];
  return spots.find((spot) => {
    const [left, top, right, bottom] = boxAt(spot, width);
    return !taken.some((boxes) =>
      boxes.some((box) => left < box[2] && box[0] < right && top < box[3] && box[1] < bottom),
    );
  });
}

/**
 * @param {[number, number]} spot
 * @param {number} width
 * @returns {Box}
 */
function boxAt([left, middle], width) {
  return [left - 2, middle - 8, left + width + 2, middle + 8];
}
