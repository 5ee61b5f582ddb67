// A grid over places that are drawn, to find those near a point.

const CELL = 32; // px

/**
 * Gives near(x, y): the places in the nine cells around a point.
 * @param {Iterable<number>} places
 * @param {{ x: ArrayLike<number>, y: ArrayLike<number> }} at
 */
export function makeGrid(places, at) {
  /** @type {Map<number, number[]>} */
  const cells = new Map();
  for (const place of places) {
    const cell = cellOf(at.x[place], at.y[place]);
    const here = cells.get(cell);
    if (here) here.push(place);
    else cells.set(cell, [place]);
  }
  /** @type {(x: number, y: number) => number[]} */
  return (x, y) => {
    const steps = [-CELL, 0, CELL];
    return steps.flatMap((dy) => steps.flatMap((dx) => cells.get(cellOf(x + dx, y + dy)) ?? []));
  };
}

/**
 * @param {number} x
 * @param {number} y
 */
function cellOf(x, y) {
  return Math.floor(y / CELL) * 4096 + Math.floor(x / CELL);
}
