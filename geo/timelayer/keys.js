// The keyboard: arrows move the day wherever the focus is in the map, as its slider would.

/** @import { Keys } from "./types.d.ts" */

const PAN = 80; // px
const ALL_DAYS = 1e6; // clamped to what exists
/** @type {Record<string, string>} What Ukrainian and Russian layouts have in the place of these. */
const LATIN = { х: "[", ї: "]", ъ: "]", т: "n", з: "p" };

/**
 * @param {Keys} actions
 * @returns {(event: KeyboardEvent) => void}
 */
export function makeKeys(actions) {
  const { day, pan, zoom, play, statement, walk, leave } = actions;
  /** @type {(act: (x: number, y: number) => void) => Record<string, () => void>} */
  const arrows = (act) => ({
    ArrowLeft: () => act(-1, 0),
    ArrowRight: () => act(1, 0),
    ArrowUp: () => act(0, -1),
    ArrowDown: () => act(0, 1),
  });
  /** @type {Record<string, () => void>} */
  const plain = {
    ...arrows((x, y) => day(x - y)),
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
  const shifted = { ...plain, ...arrows((x, y) => day(7 * (x - y))) };
  const held = arrows((x, y) => pan(PAN * x, PAN * y)); // with Ctrl
  return (event) => {
    const at = /** @type {HTMLElement} */ (event.target);
    if (event.altKey || event.metaKey || at.matches("select, textarea")) return;
    if (event.key === " " && at.matches("button, summary, [role=button]")) {
      if (at.matches("a")) at.click(); // the others do by themselves
      return;
    }
    const act = (event.ctrlKey ? held : event.shiftKey ? shifted : plain)[
      LATIN[event.key] ?? event.key
    ];
    if (!act) return;
    event.preventDefault();
    act();
  };
}
