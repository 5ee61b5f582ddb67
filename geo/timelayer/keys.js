// The keyboard: arrows move the day wherever the focus is in the map, as its slider would.

/** @import { Keys } from "./types.d.ts" */

const PAN = 80; // px
const ALL_DAYS = 1e6; // clamped to what exists

/**
 * @param {Keys} actions
 * @returns {(event: KeyboardEvent) => void}
 */
export function makeKeys(actions) {
  const { day, pan, zoom, play, statement, walk, leave } = actions;
  /** @type {Record<string, () => void>} */
  const plain = {
    ArrowLeft: () => day(-1),
    ArrowDown: () => day(-1),
    ArrowRight: () => day(1),
    ArrowUp: () => day(1),
    PageDown: () => day(-30),
    PageUp: () => day(30),
    Home: () => day(-ALL_DAYS),
    End: () => day(ALL_DAYS),
    "[": () => statement(-1),
    "]": () => statement(1),
    " ": play,
    n: () => walk(1),
    p: () => walk(-1),
    Escape: leave,
    "+": () => zoom(1),
    "=": () => zoom(1),
    "-": () => zoom(-1),
  };
  /** @type {Record<string, () => void>} */
  const shifted = {
    ...plain,
    ArrowLeft: () => day(-7),
    ArrowDown: () => day(-7),
    ArrowRight: () => day(7),
    ArrowUp: () => day(7),
  };
  /** @type {Record<string, () => void>} With Ctrl. */
  const held = {
    ArrowLeft: () => pan(-PAN, 0),
    ArrowRight: () => pan(PAN, 0),
    ArrowUp: () => pan(0, -PAN),
    ArrowDown: () => pan(0, PAN),
  };
  return (event) => {
    const { tagName } = /** @type {Element} */ (event.target);
    if (event.altKey || event.metaKey || /^(select|textarea)$/i.test(tagName)) return;
    if (event.key === " " && tagName === "BUTTON") return; // space presses it
    const act = (event.ctrlKey ? held : event.shiftKey ? shifted : plain)[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
}
