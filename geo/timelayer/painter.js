// The settlements on the map: a Leaflet renderer with a canvas for glyphs and one for names; a change
// of day repaints only the glyphs that changed and what lies over them. What matters lies above.

import { makeDense } from "./dense.js";
import { pen, print, resize } from "./dom.js";
import { HIDDEN, RINGS } from "./glyphs.js";
import { makeGrid } from "./grid.js";
import { projectPlaces } from "./lines.js";
import { writeNames } from "./names.js";
import { Overlay } from "./overlay.js";
import { makePictures } from "./pictures.js";
import { baseRadius, CITY, giveWay, paintOrder, SMALLEST, sizeClass } from "./sizes.js";
import { makeSparse } from "./sparse.js";

/** @import { Box, Drawing, Frame, Model, Pictures } from "./types.d.ts" */

export const MANY = 1500; // places in sight; above, glyphs are small and simple
const MOST_NAMES = 400; // the largest; the rest would find no room

export class SettlementLayer extends Overlay {
  /** @param {Model} model */
  constructor(model) {
    super({ padding: 0.15 });
    this._model = model;
    this._world = projectPlaces(model.places);
    this._population = Float64Array.from(model.places.population, (people) => people ?? 0);
    this._order = paintOrder(this._population).filter((place) => place < model.count);
    const count = this._population.length;
    this._radii = new Float32Array(count); // of the places in sight
    this._turn = new Int32Array(count); // in that order
    for (const [turn, place] of this._order.entries()) this._turn[place] = turn;
    this._states = new Int16Array(count).fill(-1); // as last painted
    this._ranks = new Float64Array(count); // as last painted
    /** @type {(one: number, other: number) => number} */
    this._above = (one, other) =>
      this._ranks[one] - this._ranks[other] || this._turn[one] - this._turn[other];
    this._inSight = new Uint8Array(count);
    this._at = { x: new Float32Array(count), y: new Float32Array(count) };
    this._shown = new Int32Array(0); // places in sight, the largest last
    this._near = makeGrid([], this._at);
    this._radius = baseRadius(0);
    this._scale = 1;
    this._many = false;
    /** @type {Drawing | undefined} */
    this._drawing = undefined;
    /** @type {Pictures | undefined} */
    this._pictures = undefined;
    this._glyphs = L.DomUtil.create("canvas", "fl-glyphs");
    this._names = L.DomUtil.create("canvas", "fl-names");
  }

  _initContainer() {
    this._container = L.DomUtil.create("div", "fl-settlements");
    this._container.append(this._glyphs, this._names);
  }

  /** @param {Frame} frame */
  drawAnew(frame) {
    const { size } = frame;
    this._place(frame);
    this._many = this._shown.length > MANY && !this._model.some();
    this._size(this._many, size);
    // Thousands are not scaled: small glyphs gain nothing from finer pixels.
    const scale = window.devicePixelRatio > 1 ? 2 : 1;
    resize(this._glyphs, size, this._many ? 1 : scale);
    if (this._scale !== scale) this._pictures = undefined;
    this._scale = scale;
    this._drawing = this._many ? this._makeDense() : this._makeSparse();
    this.paintAll();
    this.paintNames();
  }

  restyle() {
    this._pictures = undefined;
    if (this._map) this._update();
  }

  _makeDense() {
    return makeDense(pen(this._glyphs), {
      places: this._shown,
      at: this._at,
      radiusOf: (place) => this.radiusOf(place),
      style: this._model.style,
      count: this._population.length,
    });
  }

  _makeSparse() {
    this._pictures ??= makePictures(this._model.style, this._scale);
    return makeSparse(pen(this._glyphs), {
      places: this._shown,
      at: this._at,
      radiusOf: (place) => this.radiusOf(place),
      states: this._states,
      above: this._above,
      pictures: this._pictures,
      scale: this._scale,
    });
  }

  /**
   * Where each place lies on the canvas, which lie on it at all, and in which cell of the grid.
   * @param {Frame} frame
   */
  _place({ world, x: west, y: north, size }) {
    this._radius = baseRadius(this._map.getZoom());
    const margin = 2 * this._radius + RINGS;
    const { x, y } = this._at;
    this._inSight.fill(0);
    this._shown = this._order.filter((place) => {
      x[place] = this._world.x[place] * world - west;
      y[place] = this._world.y[place] * world - north;
      const across = x[place] > -margin && x[place] < size.x + margin;
      return across && y[place] > -margin && y[place] < size.y + margin;
    });
    for (const place of this._shown) this._inSight[place] = 1;
    this._near = makeGrid(this._shown, this._at);
  }

  /** @param {number} place */
  radiusOf(place) {
    return this._radii[place];
  }

  /**
   * Glyphs give way to each other, in whole pixels, so that few pictures do; thousands just share
   * the room that there is.
   * @param {boolean} many
   * @param {L.Point} size
   */
  _size(many, size) {
    if (many) {
      const room = Math.sqrt((size.x * size.y) / this._shown.length);
      this._radius = Math.max(2, Math.min(this._radius, room / 2));
    }
    const shown = [...this._shown];
    const radius = shown.map((place) => this._radius * sizeClass(this._population[place]));
    const [x, y] = [this._at.x, this._at.y].map((each) => shown.map((place) => each[place]));
    const given = many ? radius : giveWay({ x, y, radius, least: SMALLEST });
    for (const [i, place] of shown.entries()) {
      const steps = given[i] < radius[i] ? 1 : 2; // to a pixel
      this._radii[place] = many ? given[i] : Math.floor(steps * given[i]) / steps;
    }
  }

  /**
   * Repaint those of the places that are in sight and look different from what was painted last.
   * @param {Iterable<number>} places
   */
  paintPlaces(places) {
    if (!this._map || !this._drawing) return;
    let changed = false;
    for (const place of places) {
      if (!this._inSight[place]) continue;
      const state = this._model.stateOf(place);
      const rank = this._many ? 0 : this._model.rankOf(place);
      if (state === this._states[place] && rank === this._ranks[place]) continue;
      this._states[place] = state;
      this._ranks[place] = rank;
      this._drawing.paint(place, state);
      changed = true;
    }
    if (!changed) return;
    this._drawing.flush();
    if (this._model.some()) this.paintNames();
  }

  paintAll() {
    this._states.fill(-1);
    this.paintPlaces(this._shown);
  }

  /** Names of the chosen and the larger places. */
  paintNames() {
    if (!this._map) return;
    const { _model: model, _population: people, _at: at } = this;
    const corner = this._map.containerPointToLayerPoint([0, 0]).subtract(this.corner());
    const visible = this._visible();
    const largest = visible.slice(-MOST_NAMES).reverse();
    const chosen = largest.filter((place) => model.isSelected(place));
    const villages = this._map.getZoom() >= 9; // have names too
    const named = [...chosen, ...largest.filter((place) => !model.isSelected(place))].map(
      (place) => {
        const [radius, selected] = [this.radiusOf(place), model.isSelected(place)];
        return {
          text: selected || villages || people[place] ? model.places.name[place] : "",
          x: at.x[place],
          y: at.y[place],
          radius,
          room: radius + RINGS + 2,
          selected,
          weight: people[place] >= CITY ? 600 : 500,
        };
      },
    );
    /** @type {Box[]} */
    const panels = model.panels().map(([left, top, right, bottom]) => {
      return [left + corner.x, top + corner.y, right + corner.x, bottom + corner.y];
    });
    const glyphs = this._many ? [] : visible.map((place) => this._boxOf(place));
    print(this._names, this._bounds.getSize(), this._scale, (context) =>
      writeNames(context, named, { panels, glyphs, style: model.style }),
    );
  }

  _visible() {
    return [...this._shown].filter((place) => this._states[place] !== HIDDEN);
  }

  /**
   * @param {number} place
   * @returns {Box}
   */
  _boxOf(place) {
    const [x, y, reach] = [this._at.x[place], this._at.y[place], this.radiusOf(place) + 1];
    return [x - reach, y - reach, x + reach, y + reach];
  }

  /**
   * The place under a point of the map's container, the nearest within reach; -1 for none.
   * @param {L.Point} point
   * @param {number} reach
   */
  pick(point, reach) {
    const { x, y } = this._map.containerPointToLayerPoint(point).subtract(this.corner());
    let [best, nearest] = [-1, Infinity];
    for (const place of this._near(x, y)) {
      if (this._states[place] === HIDDEN) continue;
      const distance = Math.hypot(this._at.x[place] - x, this._at.y[place] - y);
      if (distance < nearest && distance <= Math.max(this.radiusOf(place) + 3, reach)) {
        [best, nearest] = [place, distance];
      }
    }
    return best;
  }

  /** Places inside the visible map, largest first: what n and p walk through. */
  visible() {
    return this.discs()
      .map(({ place }) => place)
      .sort((one, other) => this._turn[other] - this._turn[one]);
  }

  /** The discs inside the visible map, the lowest first, in pixels of the map. */
  discs() {
    const size = this._map.getSize();
    const corner = this._map.containerPointToLayerPoint([0, 0]).subtract(this.corner());
    return this._visible()
      .sort(this._above)
      .map((place) => ({
        place,
        x: this._at.x[place] - corner.x,
        y: this._at.y[place] - corner.y,
        radius: this.radiusOf(place),
      }))
      .filter(({ x, y }) => x >= 0 && y >= 0 && x <= size.x && y <= size.y);
  }
}
