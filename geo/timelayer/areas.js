// Canvases of areas under the settlements.

import { pen } from "./dom.js";

/** @import { Draw, Frame } from "./types.d.ts" */

/** A canvas that moves with the map. */
export class AreaCanvas extends L.Renderer {
  /**
   * @param {Draw} draw
   * @param {L.RendererOptions} options
   */
  constructor(draw, options) {
    super({ padding: 0.15, ...options });
    this._draw = draw;
    /** @type {Frame | undefined} */
    this._frame = undefined;
  }

  _initContainer() {
    this._container = L.DomUtil.create("canvas", "fl-area");
  }

  _destroyContainer() {
    this._container.remove();
  }

  _update() {
    if (this._map._animatingZoom && this._bounds) return;
    super._update();
    const size = this._bounds.getSize();
    const origin = this._map.getPixelOrigin().add(this.corner());
    L.DomUtil.setPosition(this._container, this.corner());
    [this.canvas().width, this.canvas().height] = [size.x, size.y];
    this._frame = { world: 256 * 2 ** this._map.getZoom(), x: origin.x, y: origin.y, size };
    this.repaint();
  }

  _updatePaths() {} // L.Renderer calls it for vector layers; this renderer has none

  repaint() {
    if (!this._map || !this._frame) return;
    const canvas = this.canvas();
    const context = pen(canvas);
    context.clearRect(0, 0, canvas.width, canvas.height);
    this._draw(context, this._frame);
  }

  canvas() {
    return /** @type {HTMLCanvasElement} */ (this._container);
  }

  corner() {
    return /** @type {L.Point} */ (this._bounds.min);
  }

  /**
   * A point of the map's container on this canvas.
   * @param {L.Point} point
   */
  pointOn(point) {
    return this._map.containerPointToLayerPoint(point).subtract(this.corner());
  }
}
