// What lies under everything: land, or tiles of the reader's choice.

import { BorderLayer } from "./borders.js";
import { make } from "./dom.js";
import { fill } from "./words.js";

/** @import { Background, Borders, Style, Words } from "./types.d.ts" */

/**
 * Countries, coasts and areas from a file that is always there; tiles only when the reader chose.
 * @param {L.Map} map
 * @param {{ borders: Borders, style: Style, words: Words, container: HTMLElement }} parts
 * @returns {Background}
 */
export function makeBackground(map, { borders, style, words, container }) {
  const pane = map.createPane("fl-borders");
  pane.style.zIndex = "250"; // over tiles (200), under settlements (400)
  // How wide each line is stands in timelayer.css, in the same order.
  const country = () => ({ stroke: style.border, fill: covered ? "none" : style.land });
  const admin1 = () => ({ stroke: style.admin1 });
  /** @type {L.TileLayer | null} */
  let tiles = null;
  let covered = false; // tiles have come, so the land is drawn by them
  const layer = new BorderLayer(
    borders,
    [
      { has: ({ kind, country }) => kind === "country" && country !== "UA", look: country },
      { has: ({ kind, country }) => kind === "country" && country === "UA", look: country },
      { has: ({ kind }) => kind === "admin1", look: admin1 },
    ],
    { pane: "fl-borders" },
  ).addTo(map);
  const restyle = () => layer.restyle();
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
