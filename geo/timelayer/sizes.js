// How large glyphs are, and which lies above which.

import { makeGrid } from "./grid.js";

const VILLAGE = 10000; // people; below, or unknown: the smallest glyph
export const CITY = 100000;

/**
 * The radius of a village's glyph, in pixels.
 * @param {number} zoom
 */
export function baseRadius(zoom) {
  return Math.max(2.5, Math.min(13, 2.5 + (zoom - 5) * 2));
}

/**
 * How much larger a place's glyph is than a village's.
 * @param {number} population
 */
export function sizeClass(population) {
  return population >= CITY ? 1.5 : population >= VILLAGE ? 1.2 : 1;
}

/**
 * Smaller places first, so that larger ones lie above; the order never depends on the day.
 * @param {Float64Array} population
 */
export function paintOrder(population) {
  return Int32Array.from(population.keys()).sort((a, b) => population[a] - population[b] || a - b);
}

export const SMALLEST = 3; // px; below, two halves no longer show

/**
 * Shrinks discs that lie on each other until they touch: each takes the share of its radius at which
 * it and the neighbour that it overlaps the most would just touch, if both did; none comes below
 * `least`, or grows. The rule of `give_way` in geo/figure/spots.py; tests/cases/crowd.json holds both.
 * @param {{ x: ArrayLike<number>, y: ArrayLike<number>, radius: ArrayLike<number>, least: number }} discs
 */
export function giveWay({ x, y, radius, least }) {
  const numbers = Array.from(radius, (_, disc) => disc);
  const reach = 2 * Math.max(1, ...numbers.map((disc) => radius[disc]));
  const near = makeGrid(numbers, { x, y }, reach);
  return Float64Array.from(radius, (full, disc) => {
    let share = 1;
    for (const other of near(x[disc], y[disc])) {
      if (other === disc) continue;
      const apart = Math.hypot(x[disc] - x[other], y[disc] - y[other]);
      share = Math.min(share, apart / (full + radius[other]));
    }
    return Math.min(full, Math.max(full * share, least));
  });
}
