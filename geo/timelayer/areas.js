// Areas under the settlements: canvases of their own, and series of control areas, which come as
// shared arcs (geo/areas/topology.py) that are stitched to rings for the day's observation.

// A canvas that moves with the map. draw(context, frame): frame {world, x, y} turns a point in
// parts of the world's width into pixels: point * world - x.
export const AreaCanvas = L.Renderer.extend({
  initialize(draw, options) {
    L.Renderer.prototype.initialize.call(this, { padding: 0.15, ...options });
    this._draw = draw;
  },

  _initContainer() {
    this._container = L.DomUtil.create("canvas", "fl-area");
  },

  _destroyContainer() {
    this._container.remove();
    delete this._container;
  },

  _update() {
    if (this._map._animatingZoom && this._bounds) return;
    L.Renderer.prototype._update.call(this);
    const size = this._bounds.getSize();
    const origin = this._map.getPixelOrigin().add(this._bounds.min);
    L.DomUtil.setPosition(this._container, this._bounds.min);
    [this._container.width, this._container.height] = [size.x, size.y];
    this.frame = { world: 256 * 2 ** this._map.getZoom(), x: origin.x, y: origin.y, size };
    this.repaint();
  },

  _updatePaths() {},

  repaint() {
    if (!this._map) return;
    const context = this._container.getContext("2d");
    context.clearRect(0, 0, this._container.width, this._container.height);
    this._draw(context, this.frame);
  },

  // A point of the map's container on this canvas.
  pointOn(point) {
    return this._map.containerPointToLayerPoint(point).subtract(this._bounds.min);
  },
});
