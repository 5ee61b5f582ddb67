// What lies over the map as one element: it moves with the map, and is drawn anew where that rests.

/** @import { Frame } from "./types.d.ts" */

export class Overlay extends L.Renderer {
  _destroyContainer() {
    this._container.remove();
  }

  /** Called by Leaflet when a pan or zoom has ended. */
  _update() {
    if (this._map._animatingZoom && this._bounds) return;
    super._update();
    const { x, y } = this._map.getPixelOrigin().add(this.corner());
    L.DomUtil.setPosition(this._container, this.corner());
    const world = 256 * 2 ** this._map.getZoom();
    this.drawAnew({ world, x, y, size: this._bounds.getSize() });
  }

  _updatePaths() {} // L.Renderer calls it for vector layers; this renderer has none

  /**
   * Each kind's own.
   * @param {Frame} _frame
   */
  drawAnew(_frame) {}

  corner() {
    return /** @type {L.Point} */ (this._bounds.min);
  }
}
