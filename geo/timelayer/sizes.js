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

const SMALLEST = 3; // px; below, two halves no longer show
const ROOM = 0.6; // of the way to the nearest neighbour

/**
 * Glyphs give way to each other: the radius of one that would have `full`, by the distance to its
 * nearest neighbour, both in pixels. The rule of `crowded` in geo/style.py; tests/cases/crowding.json
 * holds both.
 * @param {number} full
 * @param {number} nearest
 */
export function crowded(full, nearest) {
  return Math.max(Math.min(full, SMALLEST), Math.min(full, ROOM * nearest));
}

/**
 * The distance of each of the first `count` places to its nearest neighbour; Infinity for a lone one.
 * @param {{ x: ArrayLike<number>, y: ArrayLike<number> }} at
 * @param {number} count
 */
export function nearestOf({ x, y }, count) {
  const order = Int32Array.from({ length: count }, (_, i) => i).sort((a, b) => x[a] - x[b]);
  const nearest = new Float64Array(count).fill(Infinity);
  for (let i = 0; i < order.length; i++) {
    const here = order[i];
    for (const step of [-1, 1]) {
      for (let j = i + step; j >= 0 && j < order.length; j += step) {
        const other = order[j];
        const across = Math.abs(x[other] - x[here]);
        if (across >= nearest[here]) break; // whatever follows is farther still
        nearest[here] = Math.min(nearest[here], Math.hypot(across, y[other] - y[here]));
      }
    }
  }
  return nearest;
}
