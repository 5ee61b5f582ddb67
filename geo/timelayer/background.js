// What lies under everything: land, or tiles of the reader's choice.

import { make } from "./dom.js";
import { fill } from "./words.js";

/** @import { Background, BorderFeature, Borders, Style, Words } from "./types.d.ts" */

/**
 * Countries, coasts and areas from a file that is always there; tiles only when the reader chose.
 * @param {L.Map} map
 * @param {{ borders: Borders, style: Style, words: Words, container: HTMLElement }} parts
 * @returns {Background}
 */
export function makeBackground(map, { borders, style, words, container }) {
  const pane = map.createPane("fl-borders");
  pane.style.zIndex = "250"; // over tiles (200), under settlements (400)
  const renderer = L.svg({ pane: "fl-borders", padding: 0.3 }); // costs nothing while days move
  const on = { pane: "fl-borders", renderer, interactive: false };
  /** @type {(feature?: { properties: BorderFeature["properties"] }) => L.PathOptions} */
  const look = (feature) =>
    feature?.properties.kind === "country"
      ? {
          color: style.border,
          weight: feature.properties.country === "UA" ? 1.8 : 1.2,
          fill: !covered,
          fillColor: style.land,
          fillOpacity: 1,
        }
      : { color: style.admin1, weight: 0.8, dashArray: "4 3", fill: false };
  /** @type {L.TileLayer | null} */
  let tiles = null;
  let covered = false; // tiles have come, so the land is drawn by them
  /** @type {(kind: string) => Borders} */
  const features = (kind) => ({
    ...borders,
    features: borders.features.filter((feature) => feature.properties.kind === kind),
  });
  const layers = ["country", "admin1"].map((kind) =>
    L.geoJSON(features(kind), { ...on, style: look }).addTo(map),
  );
  const restyle = () => {
    for (const layer of layers) layer.setStyle(look);
  };
  const note = make("p", "fl-note", { role: "status", "data-testid": "map-note", hidden: "" });
  container.append(note);
  L.control.scale({ imperial: false, position: "bottomright" }).addTo(map);
  map.attributionControl.setPrefix(false);
  map.attributionControl.addAttribution(words.credit);
  const drop = () => {
    tiles?.remove();
    tiles = null;
    covered = false;
    restyle();
  };
  return {
    restyle,
    tiles(chosen) {
      drop();
      note.hidden = true;
      if (!chosen) return;
      tiles = L.tileLayer(chosen.url, chosen.options).addTo(map);
      tiles.once("tileload", () => {
        covered = true;
        restyle();
      });
      tiles.on("tileerror", () => {
        if (covered || !tiles) return;
        drop();
        note.textContent = fill(words.tiles_failed, chosen);
        note.hidden = false;
      });
    },
  };
}
