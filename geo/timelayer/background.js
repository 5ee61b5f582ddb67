import { make } from "./dom.js";
import { fill } from "./words.js";

// Countries, coasts and areas from a file that is always there; tiles only when the reader chose.
export function makeBackground(map, { borders, style, words, container }) {
  const pane = map.createPane("fl-borders");
  pane.style.zIndex = 250; // over tiles (200), under settlements (400)
  const renderer = L.canvas({ pane: "fl-borders", padding: 0.3 });
  const look = ({ properties: { kind, country } }) => kind === "country"
    ? { color: style.border, weight: country === "UA" ? 1.8 : 1.2, fill: !covered, fillColor: style.land, fillOpacity: 1 }
    : { color: style.admin1, weight: 0.8, dashArray: "4 3", fill: false };
  let tiles = null;
  let covered = false; // tiles have come, so the land is drawn by them
  const features = (kind) => ({ ...borders, features: borders.features.filter((feature) => feature.properties.kind === kind) });
  const layers = ["country", "admin1"].map((kind) =>
    L.geoJSON(features(kind), { pane: "fl-borders", renderer, interactive: false, style: look }).addTo(map));
  const restyle = () => layers.forEach((layer) => layer.setStyle(look));
  const note = make("p", "fl-note", { role: "status", "data-testid": "map-note", hidden: "" });
  container.append(note);
  L.control.scale({ imperial: false, position: "bottomright" }).addTo(map);
  map.attributionControl.setPrefix(false);
  map.attributionControl.addAttribution(words.credit);
  const drop = () => { tiles?.remove(); tiles = null; covered = false; restyle(); };
  return {
    restyle,
    // chosen: null or {name, url, options}
    tiles(chosen) {
      drop();
      note.hidden = true;
      if (!chosen) return;
      tiles = L.tileLayer(chosen.url, chosen.options).addTo(map);
      tiles.once("tileload", () => { covered = true; restyle(); });
      tiles.on("tileerror", () => {
        if (covered || !tiles) return;
        drop();
        note.textContent = fill(words.tiles_failed, chosen);
        note.hidden = false;
      });
    },
  };
}
