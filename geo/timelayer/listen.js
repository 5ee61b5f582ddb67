// Pointer and keys on the map.

import { debounce, make } from "./dom.js";
import { makeKeys } from "./keys.js";

/** @import { Actions, Parts } from "./types.d.ts" */

const SEND_AFTER = 300; // ms of rest before the page hears of keys and of a moved map

/**
 * @param {Parts} parts
 * @param {Actions} actions
 */
export function listen(
  { map, container, payload, state, layer, shown, bar, host },
  { setDay, choose, stepStatement },
) {
  const sendSoon = debounce(host.send, SEND_AFTER);
  const hint = make("div", "fl-hint", { "aria-hidden": "true", hidden: "" });
  container.append(hint);
  /** @type {(event: MouseEvent) => number} */
  const reach = (event) =>
    event instanceof PointerEvent && event.pointerType === "touch" ? 22 : 6;
  map.on("click", (event) => {
    const place = layer.pick(event.containerPoint, reach(event.originalEvent));
    choose(place < 0 ? shown.pick(event.containerPoint) : place);
  });
  map.on("mousemove", (event) => {
    const place = layer.pick(event.containerPoint, 4);
    container.classList.toggle("fl-over", place >= 0);
    hint.textContent = place >= 0 ? payload.places.name[place] : "";
    hint.hidden = place < 0;
    if (place >= 0) L.DomUtil.setPosition(hint, event.containerPoint.add(L.point(14, 14)));
  });
  map.on("mouseout click", () => {
    hint.hidden = true;
  });
  map.on("moveend", () => {
    if (!host.quiet()) sendSoon();
  });
  container.addEventListener(
    "keydown",
    makeKeys({
      day: (step) => {
        setDay(state.day + step);
        sendSoon();
      },
      pan: (x, y) => map.panBy([x, y], { animate: false }),
      zoom: (step) => (step > 0 ? map.zoomIn() : map.zoomOut()),
      play: () => (bar.player.playing() ? bar.player.pause() : bar.player.play(state.day)),
      statement: stepStatement,
      walk: (step) => walk(step, { layer, state, choose }),
      leave: () => choose(-1),
    }),
  );
  // The card of a narrow map takes room from it; the middle of the map stays in the middle.
  new ResizeObserver(() => host.quietly(() => map.invalidateSize({ animate: false }))).observe(
    map.getContainer(),
  );
  container.setAttribute("tabindex", "0");
  container.setAttribute("role", "application");
}

/**
 * To the next place on the screen, by size.
 * @param {number} step
 * @param {Pick<Parts, "layer" | "state"> & Pick<Actions, "choose">} parts
 */
function walk(step, { layer, state, choose }) {
  const places = layer.visible();
  if (!places.length) return;
  const at = places.indexOf(state.place);
  choose(places[at < 0 ? 0 : (at + step + places.length) % places.length]);
}
