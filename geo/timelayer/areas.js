// Canvases of areas under the settlements.

import { pen } from "./dom.js";
import { Overlay } from "./overlay.js";

/** @import { Draw, Frame } from "./types.d.ts" */

/** A canvas that moves with the map. */
export class AreaCanvas extends Overlay {
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

  /** @param {Frame} frame */
  drawAnew(frame) {
    [this.canvas().width, this.canvas().height] = [frame.size.x, frame.size.y];
    this._frame = frame;
    this.repaint();
  }

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

  /**
   * A point of the map's container on this canvas.
   * @param {L.Point} point
   */
  pointOn(point) {
    return this._map.containerPointToLayerPoint(point).subtract(this.corner());
  }
}
