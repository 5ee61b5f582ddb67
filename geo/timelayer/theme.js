// Colours of the page, light or dark, for what is drawn on canvases.

export function readStyle(element, payload) {
  const css = getComputedStyle(element);
  const colour = (name) => css.getPropertyValue(name).trim();
  for (const [index, name] of payload.controllers.entries()) {
    element.style.setProperty(`--fl-${name}`, payload.style.controllers[index]);
  }
  return {
    ...payload.style,
    names: payload.controllers,
    fills: undefined, // patterns of the colours before
    paper: colour("--fl-paper"), ink: colour("--fl-ink"), unknown: payload.style.unknown,
    land: colour("--fl-land"), border: colour("--fl-border"), admin1: colour("--fl-admin1"),
  };
}

// Streamlit tells a component its theme with every message.
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
