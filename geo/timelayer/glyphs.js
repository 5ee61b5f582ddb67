// The glyph of a place: a disc in two halves. Left, what Ukraine's side says; right, what Russia's
// side says; hollow when it has not spoken; an outer ring for third parties; a dark rim when the
// two differ, thinner when one of them has long been silent. A state is one number, so equal glyphs are drawn once and copied.

import { pen } from "./dom.js";

/** @import { Lane, Pen, Sprite, Style } from "./types.d.ts" */

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
export const RINGS = 6; // px around the disc that rim and ring may take

/**
 * @param {Pen} context
 * @param {number} state
 * @param {number} radius
 * @param {Style} style
 */
export function drawGlyph(context, state, radius, style) {
  if (state === HIDDEN) return;
  const [ukraine, russia, third] = splitState(state);
  context.save();
  if (state === 0) {
    context.globalAlpha = 0.8;
    context.beginPath();
    context.arc(0, 0, Math.max(1.5, radius * 0.4), 0, 2 * Math.PI);
    context.fillStyle = style.paper;
    context.fill();
    context.lineWidth = 1;
    context.strokeStyle = style.unknown;
    context.stroke();
    context.restore();
    return;
  }
  context.beginPath();
  context.arc(0, 0, radius + 1.2, 0, 2 * Math.PI);
  context.fillStyle = style.paper;
  context.fill();
  drawHalf(context, ukraine, radius, -1, style);
  drawHalf(context, russia, radius, 1, style);
  if (ukraine?.controller !== russia?.controller) {
    context.strokeStyle = ukraine && russia ? style.ink : style.unknown;
    context.lineWidth = radius > 5 ? 1 : 0.6;
    context.beginPath();
    context.moveTo(0, -radius);
    context.lineTo(0, radius);
    context.stroke();
  }
  if (ukraine && russia && ukraine.controller !== russia.controller) {
    context.lineWidth = (radius > 5 ? 2.2 : 1.4) * (state < DORMANT ? 1 : THIN);
    context.beginPath();
    context.arc(0, 0, radius + 0.6, 0, 2 * Math.PI);
    context.stroke();
  }
  if (third) drawRing(context, third, radius + (radius > 5 ? 3.6 : 2.6), style);
  context.restore();
}

/**
 * @param {Pen} context
 * @param {Lane} lane
 * @param {number} radius
 * @param {number} side
 * @param {Style} style
 */
function drawHalf(context, lane, radius, side, style) {
  const half = () => {
    context.beginPath();
    context.arc(0, 0, radius, Math.PI / 2, -Math.PI / 2, side > 0);
    context.closePath();
  };
  context.save();
  half();
  if (lane) {
    context.globalAlpha = style.opacities[lane.pale];
    context.fillStyle = style.controllers[lane.controller];
    context.fill();
    if (lane.controller === RUSSIA && radius > 5) drawTexture(context, radius, style);
    context.globalAlpha = 1;
  }
  context.restore();
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

/**
 * Copies of drawn glyphs, a picture for each state and size; `scale` is the screen's pixel ratio.
 * @param {Style} style
 * @param {number} scale
 * @returns {(state: number, radius: number) => Sprite}
 */
export function makeSprites(style, scale) {
  /** @type {Map<number, Sprite>} */
  const sprites = new Map();
  return (state, radius) => {
    const key = state * 64 + Math.round(radius * 2);
    let sprite = sprites.get(key);
    if (!sprite) {
      const half = Math.ceil(radius) + RINGS;
      sprite = Object.assign(document.createElement("canvas"), { half });
      sprite.width = sprite.height = 2 * half * scale;
      const context = pen(sprite);
      context.scale(scale, scale);
      context.translate(half, half);
      drawGlyph(context, state, radius, style);
      sprites.set(key, sprite);
    }
    return sprite;
  };
}
