// A grid over places that are drawn, to find those near a point.

const CELL = 32; // px

/**
 * Gives near(x, y): the places in the nine cells around a point.
 * @param {Iterable<number>} places
 * @param {{ x: ArrayLike<number>, y: ArrayLike<number> }} at
 * @param {number} [size] Of a cell, in pixels.
 */
export function makeGrid(places, at, size = CELL) {
  /** @type {Map<number, number[]>} */
  const cells = new Map();
  for (const place of places) {
    const cell = cellOf(at.x[place] / size, at.y[place] / size);
    const here = cells.get(cell);
    if (here) here.push(place);
    else cells.set(cell, [place]);
  }
  /** @type {(x: number, y: number) => number[]} */
  return (x, y) => {
    const found = [];
    for (const dy of [-1, 0, 1]) {
      for (const dx of [-1, 0, 1]) {
        const here = cells.get(cellOf(x / size + dx, y / size + dy));
        if (here) found.push(...here);
      }
    }
    return found;
  };
}

/**
 * @param {number} x In cells.
 * @param {number} y
 */
function cellOf(x, y) {
  return Math.floor(y) * 4096 + Math.floor(x);
}
