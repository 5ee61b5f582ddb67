// Where the time layer starts: reads what it needs, makes room in the page, and puts itself there as
// `window.frontline`. geo/timelayer/bundle.py follows the imports from here.

import { make } from "./dom.js";
import { startEmbed } from "./embed.js";
import { makeFrontline } from "./frontline.js";
import { decodeBorders } from "./lines.js";
import { readSource } from "./sources.js";
import { followTheme } from "./theme.js";
import { speak } from "./words.js";

/** @import { Sources, View } from "./types.d.ts" */

/**
 * @param {L.Map} map
 * @param {Sources} sources
 * @param {View} [view] What a map opens on that was given none: nothing is drawn before all that
 *   lies over the map has its room, and everything once.
 */
function startFrontline(map, sources, view) {
  const container = surround(map);
  followTheme(container);
  if (sources.embed) map.scrollWheelZoom.disable(); // the wheel scrolls the page around the frame
  const ground = map.getContainer();
  ground.inert = !!view; // a map without a middle cannot be moved
  const needed = [sources.ledger, sources.borders, sources.words];
  const ready = Promise.all(needed.map(readSource)).then(([payload, borders, words]) => {
    speak(words, payload.places);
    const loaded = { payload, borders: decodeBorders(borders), words, sources };
    const frontline = makeFrontline(map, container, loaded);
    if (view) map.setView(view.centre, view.zoom);
    ground.inert = false;
    return frontline;
  });
  ready.catch((error) => {
    console.error(error);
    container.append(make("p", "fl-failure", { role: "alert" }, sources.load_failed));
  });
  window.frontline = {
    ready: ready.then(() => undefined),
    apply: (command) => ready.then((frontline) => frontline.apply(command)),
  };
  ready.then((frontline) => {
    Object.assign(window.frontline, frontline);
    if (sources.embed) startEmbed(frontline, container);
  });
}

/**
 * Puts the map, the bar under it and the panels over it into one element; where that is narrow,
 * the card stands under the bar and leaves the map in sight.
 * @param {L.Map} map
 */
function surround(map) {
  const ground = map.getContainer();
  // folium's page forbids zooming in with two fingers; readers may need it.
  for (const meta of document.querySelectorAll("meta[name=viewport]")) {
    meta.setAttribute("content", "width=device-width, initial-scale=1");
  }
  const container = make("div", "fl-map");
  ground.replaceWith(container);
  container.append(ground);
  ground.classList.add("fl-ground");
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
    map.options.inertia = false;
    map._zoomAnimated = false; // Leaflet reads the option only once, at its start
  }
  ground.removeAttribute("tabindex"); // the keys belong to the element around it
  return container;
}

window.startFrontline = startFrontline;
