// How large glyphs are, and which lies above which.

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
