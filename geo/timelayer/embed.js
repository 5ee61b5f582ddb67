// The page inside a frame of another page: it remembers day and place behind the # of its address,
// and tells the page around it how tall it would like to be.

import { debounce } from "./dom.js";

/** @import { Frontline } from "./types.d.ts" */

const REMEMBER_AFTER = 200; // ms; browsers limit how often an address may change
const [SHORTEST, TALLEST, TALL_FOR_WIDE] = [520, 720, 0.6]; // px, px, height for each px of width

/**
 * @param {Frontline} frontline
 * @param {HTMLElement} container
 */
export function startEmbed(frontline, container) {
  const obey = () => {
    const asked = new URLSearchParams(location.hash.slice(1) || location.search);
    const [day, place] = [asked.get("date"), asked.get("place")];
    try {
      if (day) frontline.setDate(day);
    } catch {
      // It is no day.
    }
    if (place && place !== frontline.selected() && frontline.knows(place)) frontline.visit(place);
  };
  const remember = debounce(() => {
    const place = frontline.selected();
    const hash = new URLSearchParams({ date: frontline.date(), ...(place && { place }) });
    if (location.hash !== `#${hash}`) history.replaceState(null, "", `#${hash}`);
  }, REMEMBER_AFTER);
  // By the width alone: a height that followed the frame's own would never come to rest.
  let told = 0;
  const tellHeight = () => {
    const height = Math.round(
      Math.min(TALLEST, Math.max(SHORTEST, container.clientWidth * TALL_FOR_WIDE)),
    );
    if (height === told || window.parent === window) return;
    told = height;
    window.parent.postMessage({ type: "frontline:height", height }, "*"); // no secret: a number
  };
  setTimeout(() => {
    // after the first command, which the address overrules
    obey();
    window.addEventListener("hashchange", obey);
    container.addEventListener("fl-change", remember);
    new ResizeObserver(tellHeight).observe(container);
  }, 0);
}
