// Colours of the page, light or dark, for what is drawn on canvases.

/** @import { Payload, Style } from "./types.d.ts" */

/**
 * Colours of the ledger, and of the page as it is now.
 * @param {HTMLElement} element
 * @param {Payload} payload
 * @returns {Style}
 */
export function readStyle(element, payload) {
  const css = getComputedStyle(element);
  /** @type {(name: string) => string} */
  const colour = (name) => css.getPropertyValue(name).trim();
  for (const [index, name] of payload.controllers.entries()) {
    element.style.setProperty(`--fl-${name}`, payload.style.controllers[index]);
  }
  return {
    ...payload.style,
    names: payload.controllers,
    fills: undefined, // patterns of the colours before
    paper: colour("--fl-paper"),
    ink: colour("--fl-ink"),
    unknown: payload.style.unknown,
    land: colour("--fl-land"),
    border: colour("--fl-border"),
    admin1: colour("--fl-admin1"),
  };
}

/**
 * Streamlit tells a component its theme with every message.
 * @param {HTMLElement} container
 */
export function followTheme(container) {
  let was = false;
  window.addEventListener("message", ({ data }) => {
    if (data?.type !== "streamlit:render" || !data.theme) return;
    const dark = data.theme.base === "dark";
    if (dark === was) return;
    was = dark;
    container.classList.toggle("fl-dark", dark);
    container.dispatchEvent(new Event("fl-theme"));
  });
}
