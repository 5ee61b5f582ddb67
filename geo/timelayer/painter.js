// The settlements on the map: an own Leaflet renderer with one canvas for glyphs and one for names,
// so that a change of day repaints glyphs alone.

import { makeDense } from "./dense.js";
import { HIDDEN, RINGS, makeSprites } from "./glyphs.js";
import { projectPlaces } from "./lines.js";

const VILLAGE = 10000; // people; below, or unknown: the smallest glyph
const CITY = 100000;
export const MANY = 1500; // places in sight; above, glyphs are small and simple
const CELL = 32; // px, of the grid that finds the place under the pointer

function baseRadius(zoom) {
  return Math.max(2.5, Math.min(13, 2.5 + (zoom - 5) * 2));
}

function sizeClass(population) {
  return population >= CITY ? 1.5 : population >= VILLAGE ? 1.2 : 1;
}

// Smaller places first, so that larger ones lie above; the order never depends on the day.
function paintOrder(population) {
  return Int32Array.from(population.keys()).sort(
    (a, b) => population[a] - population[b] || a - b,
  );
}

export const SettlementLayer = L.Renderer.extend({
  // model: {places, count, style, stateOf(place), isSelected(place), some(), panels()}; the first
  // `count` places are settlements; some() tells whether only some of them are shown; panels gives
  // the boxes of what lies over the map, in its pixels
  initialize(model, options) {
    L.Renderer.prototype.initialize.call(this, { padding: 0.15, ...options });
    this._model = model;
    this._world = projectPlaces(model.places);
    this._population = Float64Array.from(model.places.population, (people) => people ?? 0);
    this._order = paintOrder(this._population).filter((place) => place < model.count);
    const count = this._population.length;
    this._states = new Int16Array(count).fill(-1); // as last painted
    this._inSight = new Uint8Array(count);
    this._at = { x: new Float32Array(count), y: new Float32Array(count) };
    this._shown = new Int32Array(0); // places in sight, in painting order
  },

  _initContainer() {
    this._container = L.DomUtil.create("div", "fl-settlements");
    this._glyphs = L.DomUtil.create("canvas", "fl-glyphs", this._container);
    this._names = L.DomUtil.create("canvas", "fl-names", this._container);
  },

  _destroyContainer() {
    this._container.remove();
    delete this._container;
  },

  // Called by Leaflet when a pan or zoom has ended.
  _update() {
    if (this._map._animatingZoom && this._bounds) return;
    L.Renderer.prototype._update.call(this);
    const size = this._bounds.getSize();
    this._place(size);
    const many = this._shown.length > MANY && !this._model.some();
    if (many) {
      const room = Math.sqrt((size.x * size.y) / this._shown.length);
      this._radius = Math.max(2, Math.min(this._radius, room / 2));
    }
    // The pixel buffer is not scaled: small glyphs gain nothing from finer pixels.
    const scale = window.devicePixelRatio > 1 ? 2 : 1;
    L.DomUtil.setPosition(this._container, this._bounds.min);
    for (const [canvas, fine] of [[this._glyphs, many ? 1 : scale], [this._names, scale]]) {
      canvas.width = size.x * fine;
      canvas.height = size.y * fine;
      canvas.style.width = `${size.x}px`;
      canvas.style.height = `${size.y}px`;
      canvas.getContext("2d").scale(fine, fine);
    }
    if (this._scale !== scale || !this._sprites) this._sprites = makeSprites(this._model.style, scale);
    this._scale = scale;
    this._dense = many && makeDense(this._glyphs.getContext("2d"), {
      places: this._shown,
      at: this._at,
      radiusOf: (place) => this.radiusOf(place),
      style: this._model.style,
      count: this._population.length,
    });
    this.paintAll();
    this.paintNames();
  },

  _updatePaths() {}, // L.Renderer calls it for vector layers; this renderer has none

  restyle() {
    this._sprites = undefined;
    if (this._map) this._update();
  },

  // Where each place lies on the canvas, which lie on it at all, and in which cell of the grid.
  _place(size) {
    const zoom = this._map.getZoom();
    const world = 256 * 2 ** zoom;
    const origin = this._map.getPixelOrigin().add(this._bounds.min);
    this._radius = baseRadius(zoom);
    const margin = 2 * this._radius + RINGS;
    const { x, y } = this._at;
    this._inSight.fill(0);
    this._shown = this._order.filter((place) => {
      x[place] = this._world.x[place] * world - origin.x;
      y[place] = this._world.y[place] * world - origin.y;
      return x[place] > -margin && y[place] > -margin && x[place] < size.x + margin && y[place] < size.y + margin;
    });
    this._cells = new Map();
    for (const place of this._shown) {
      this._inSight[place] = 1;
      const cell = this._cellOf(x[place], y[place]);
      if (this._cells.has(cell)) this._cells.get(cell).push(place);
      else this._cells.set(cell, [place]);
    }
  },

  _cellOf(x, y) {
    return Math.floor(y / CELL) * 4096 + Math.floor(x / CELL);
  },

  radiusOf(place) {
    return this._radius * sizeClass(this._population[place]);
  },

  // Repaint those of the places that are in sight and look different from what was painted last.
  paintPlaces(places) {
    if (!this._map) return;
    let changed = false;
    for (const place of places) {
      if (!this._inSight[place]) continue;
      const state = this._model.stateOf(place);
      if (state === this._states[place]) continue;
      this._states[place] = state;
      changed = true;
      if (this._dense) this._dense.paint(place, state);
    }
    if (!changed) return;
    if (this._dense) this._dense.flush();
    else this._drawSprites();
    if (this._model.some()) this.paintNames();
  },

  paintAll() {
    this._states.fill(-1);
    this.paintPlaces(this._shown);
  },

  _drawSprites() {
    const context = this._glyphs.getContext("2d");
    context.clearRect(0, 0, this._glyphs.width, this._glyphs.height);
    for (const place of this._shown) {
      if (this._states[place] === HIDDEN) continue;
      const sprite = this._sprites(this._states[place], this.radiusOf(place));
      const extent = 2 * sprite.half;
      context.drawImage(
        sprite,
        Math.round(this._at.x[place]) - sprite.half, // whole pixels keep the texture crisp
        Math.round(this._at.y[place]) - sprite.half,
        extent,
        extent,
      );
    }
  },

  // Names of the selected and the larger places, none over another, a glyph or under a panel.
  paintNames() {
    if (!this._map) return;
    const context = this._names.getContext("2d");
    context.clearRect(0, 0, this._names.width, this._names.height);
    context.textBaseline = "middle";
    context.lineJoin = "round";
    const corner = this._map.containerPointToLayerPoint([0, 0]).subtract(this._bounds.min);
    const panels = this._model.panels().map(([left, top, right, bottom]) => [
      left + corner.x, top + corner.y, right + corner.x, bottom + corner.y,
    ]);
    const taken = { names: panels, glyphs: this._dense ? [] : this._visible().map((place) => this._boxOf(place)) };
    const names = this._visible().slice(-400) // the largest; the rest would find no room
      .reverse()
      .sort((a, b) => this._model.isSelected(b) - this._model.isSelected(a));
    for (const place of names) this._paintName(context, place, taken);
  },

  _visible() {
    return [...this._shown].filter((place) => this._states[place] !== HIDDEN);
  },

  _boxOf(place) {
    const [x, y, reach] = [this._at.x[place], this._at.y[place], this.radiusOf(place) + 1];
    return [x - reach, y - reach, x + reach, y + reach];
  },

  _paintName(context, place, taken) {
    const selected = this._model.isSelected(place);
    const radius = this.radiusOf(place);
    const [x, y] = [this._at.x[place], this._at.y[place]];
    const { ink, paper } = this._model.style;
    if (selected) {
      context.beginPath();
      context.arc(x, y, radius + RINGS + 2, 0, 2 * Math.PI);
      context.lineWidth = 2.5;
      context.strokeStyle = ink;
      context.stroke();
    }
    if (!selected && this._map.getZoom() < 9 && !this._population[place]) return;
    const weight = selected ? 700 : this._population[place] >= CITY ? 600 : 500;
    context.font = `${weight} ${selected ? 14 : 12}px system-ui, sans-serif`;
    const text = this._model.places.name[place];
    const width = context.measureText(text).width;
    const gap = radius + 5 + (selected ? 4 : 0);
    const corners = [
      [x + gap, y],
      [x - gap - width, y],
      [x - width / 2, y - gap - 4],
      [x - width / 2, y + gap + 4],
    ];
    for (const [left, middle] of corners) {
      const box = [left - 2, middle - 8, left + width + 2, middle + 8];
      const over = (other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3];
      // The chosen place keeps its name even where it lies over a neighbour.
      if (taken.names.some(over) || (!selected && taken.glyphs.some(over))) continue;
      taken.names.push(box);
      context.lineWidth = 3;
      context.strokeStyle = paper;
      context.strokeText(text, left, middle);
      context.fillStyle = ink;
      context.fillText(text, left, middle);
      return;
    }
  },

  // The place under a point of the map's container, the nearest within reach; -1 for none.
  pick(point, reach) {
    const { x, y } = this._map.containerPointToLayerPoint(point).subtract(this._bounds.min);
    let [best, nearest] = [-1, Infinity];
    for (const dy of [-CELL, 0, CELL]) {
      for (const dx of [-CELL, 0, CELL]) {
        for (const place of this._cells.get(this._cellOf(x + dx, y + dy)) ?? []) {
          if (this._states[place] === HIDDEN) continue;
          const distance = Math.hypot(this._at.x[place] - x, this._at.y[place] - y);
          if (distance < nearest && distance <= Math.max(this.radiusOf(place) + 3, reach)) {
            [best, nearest] = [place, distance];
          }
        }
      }
    }
    return best;
  },

  // Places inside the visible map, largest first: what n and p walk through.
  visible() {
    const size = this._map.getSize();
    const corner = this._map.containerPointToLayerPoint([0, 0]).subtract(this._bounds.min);
    return this._visible()
      .filter((place) => {
        const [x, y] = [this._at.x[place] - corner.x, this._at.y[place] - corner.y];
        return x >= 0 && y >= 0 && x <= size.x && y <= size.y;
      })
      .reverse();
  },
});
