// The glyph of a place: a disc in two halves. Left, what Ukraine's side says; right, what Russia's
// side says; hollow when it has not spoken; an outer ring for third parties; a dark rim when the
// two differ, thinner when one of them has long been silent. A state is one number, and tells of
// which parts a glyph is put together; equal parts are drawn once.

/** @import { Lane, Pen, Style } from "./types.d.ts" */

export const STATES = 10; // of a lane: silent, or controller (3) by age (3)

export const DORMANT = STATES ** 3; // added where the sides disagree, and one has long been silent
export const HIDDEN = 2 * DORMANT; // the state of a place that is not shown at all

/**
 * How pale a statement of this age is: 0, 1 or 2; fadesAfter comes with the ledger (geo/style.py).
 * @param {number} age
 * @param {number[]} fadesAfter
 */
export function paleness(age, fadesAfter) {
  return age > fadesAfter[2] ? 2 : age > fadesAfter[1] ? 1 : 0;
}

/**
 * @param {number} controller
 * @param {number} pale
 */
export function laneState(controller, pale) {
  return 1 + controller * 3 + pale;
}

/**
 * @param {number} ukraine
 * @param {number} russia
 * @param {number} third
 */
export const glyphState = (ukraine, russia, third) => ukraine + STATES * (russia + STATES * third);

/**
 * What each lane says; whether a disagreement is dormant is left out.
 * @param {number} state
 * @returns {Lane[]}
 */
export function splitState(state) {
  /** @type {(value: number) => Lane} */
  const lane = (value) =>
    value === 0 ? null : { controller: Math.floor((value - 1) / 3), pale: (value - 1) % 3 };
  const russia = Math.floor(state / STATES);
  const third = Math.floor(russia / STATES);
  return [state, russia, third].map((code) => lane(code % STATES));
}

export const RUSSIA = 1;
export const CONTESTED = 2;
const THIN = 0.5; // how much thinner the rim of a dormant disagreement is; as THIN of geo/style.py
const EDGES = 2; // px around the disc that paper and rim may take
export const RINGS = 6; // and the ring too

// What a glyph is put together from, the lowest first: each a kind with a lane, or with an edge.
const [DOT, LEFT_HALF, RIGHT_HALF, RIM, RING] = [0, 1, 2, 3, 4].map((kind) => kind * STATES);
const [FAINT, THINNER, STRONG] = [0, 1, 2]; // edges: one is silent; they disagree, dormant or live
/** @type {number[][]} */
const PARTS = []; // by state, once it was asked for

/** @param {number} state */
export function partsOf(state) {
  PARTS[state] ??= takeApart(state);
  return PARTS[state];
}

/** @param {number} state */
function takeApart(state) {
  if (state === HIDDEN) return [];
  const codes = [state, state / STATES, state / STATES ** 2];
  const [left, right, ring] = codes.map((code) => Math.floor(code) % STATES);
  if (!left && !right && !ring) return [DOT];
  const [ukraine, russia] = splitState(state);
  const parts = [LEFT_HALF + left, RIGHT_HALF + right];
  if (ukraine?.controller !== russia?.controller) {
    parts.push(RIM + (ukraine && russia ? (state < DORMANT ? STRONG : THINNER) : FAINT));
  }
  return ring ? [...parts, RING + ring] : parts;
}

/**
 * @param {Pen} context
 * @param {number} state
 * @param {number} radius
 * @param {Style} style
 */
export function drawGlyph(context, state, radius, style) {
  for (const part of partsOf(state)) drawPart(context, part, radius, style);
}

/**
 * @param {Pen} context
 * @param {number} part
 * @param {number} radius
 * @param {Style} style
 */
export function drawPart(context, part, radius, style) {
  const code = part % STATES;
  const [lane] = splitState(code);
  context.save();
  if (part === DOT) drawDot(context, radius, style);
  else if (part < RIGHT_HALF) drawHalf(context, lane, radius, -1, style);
  else if (part < RIM) drawHalf(context, lane, radius, 1, style);
  else if (part < RING) drawRim(context, code, radius, style);
  else if (lane) drawRing(context, lane, radius + (radius > 5 ? 3.6 : 2.6), style);
  context.restore();
}

/**
 * How far a part reaches from the centre: left, right, and up and down, in whole pixels.
 * @param {number} part
 * @param {number} radius
 */
export function reachOf(part, radius) {
  const half = Math.ceil(radius) + (part < RING ? EDGES : RINGS);
  const [isLeft, isRight] = [
    part >= LEFT_HALF && part < RIGHT_HALF,
    part >= RIGHT_HALF && part < RIM,
  ];
  return { left: isRight ? 0 : half, right: isLeft ? 0 : half, half };
}

/**
 * @param {Pen} context
 * @param {number} radius
 * @param {Style} style
 */
function drawDot(context, radius, style) {
  context.globalAlpha = 0.8;
  context.beginPath();
  context.arc(0, 0, Math.max(1.5, radius * 0.4), 0, 2 * Math.PI);
  context.fillStyle = style.paper;
  context.fill();
  context.lineWidth = 1;
  context.strokeStyle = style.unknown;
  context.stroke();
}

/**
 * What parts the two halves, and the rim of a disagreement.
 * @param {Pen} context
 * @param {number} edge
 * @param {number} radius
 * @param {Style} style
 */
function drawRim(context, edge, radius, style) {
  context.strokeStyle = edge === FAINT ? style.unknown : style.ink;
  context.lineWidth = radius > 5 ? 1 : 0.6;
  context.beginPath();
  context.moveTo(0, -radius);
  context.lineTo(0, radius);
  context.stroke();
  if (edge === FAINT) return;
  context.lineWidth = (radius > 5 ? 2.2 : 1.4) * (edge === STRONG ? 1 : THIN);
  context.beginPath();
  context.arc(0, 0, radius + 0.6, 0, 2 * Math.PI);
  context.stroke();
}

/**
 * A half of the disc, its paper too, and nothing beyond the middle.
 * @param {Pen} context
 * @param {Lane} lane
 * @param {number} radius
 * @param {number} side
 * @param {Style} style
 */
function drawHalf(context, lane, radius, side, style) {
  const reach = radius + RINGS;
  context.beginPath();
  context.rect(side < 0 ? -reach : 0, -reach, reach, 2 * reach);
  context.clip();
  context.beginPath();
  context.arc(0, 0, radius + 1.2, 0, 2 * Math.PI);
  context.fillStyle = style.paper;
  context.fill();
  if (lane) {
    context.save();
    context.beginPath();
    context.arc(0, 0, radius, Math.PI / 2, -Math.PI / 2, side > 0);
    context.closePath();
    context.globalAlpha = style.opacities[lane.pale];
    context.fillStyle = style.controllers[lane.controller];
    context.fill();
    if (lane.controller === RUSSIA && radius > 5) drawTexture(context, radius, style);
    context.restore();
  }
  context.beginPath(); // the arc alone: a diameter would split a disc that agrees
  context.arc(0, 0, radius, Math.PI / 2, -Math.PI / 2, side > 0);
  context.lineWidth = lane && lane.controller !== CONTESTED ? 0.6 : 1;
  context.strokeStyle = lane ? style.ink : style.unknown;
  context.stroke();
}

/**
 * Fine diagonal lines, so that the two hues differ in greyscale too.
 * @param {Pen} context
 * @param {number} radius
 * @param {Style} style
 */
function drawTexture(context, radius, style) {
  context.clip();
  context.strokeStyle = style.paper;
  context.globalAlpha = 1;
  context.lineWidth = 1.1;
  context.beginPath();
  for (let x = -2 * radius; x < 2 * radius; x += 4.8) {
    context.moveTo(x, radius);
    context.lineTo(x + 2 * radius, -radius);
  }
  context.stroke();
}

/**
 * @param {Pen} context
 * @param {NonNullable<Lane>} lane
 * @param {number} radius
 * @param {Style} style
 */
function drawRing(context, lane, radius, style) {
  /** @type {(width: number, colour: string) => void} */
  const ring = (width, colour) => {
    context.beginPath();
    context.arc(0, 0, radius, 0, 2 * Math.PI);
    context.lineWidth = width;
    context.strokeStyle = colour;
    context.stroke();
  };
  ring(3.4, lane.controller === CONTESTED ? style.ink : style.paper);
  if (lane.controller === CONTESTED) ring(2, style.paper);
  if (lane.controller === RUSSIA) context.setLineDash([3, 1.5]);
  context.globalAlpha = style.opacities[lane.pale];
  ring(2, style.controllers[lane.controller]);
  context.globalAlpha = 1;
  context.setLineDash([]);
}
