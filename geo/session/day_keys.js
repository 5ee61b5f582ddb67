/**
 * Enter takes the day that was typed. Streamlit's field takes it when the field is left, or on
 * Escape: whoever presses Enter waits for nothing, and does not know that nothing comes.
 *
 * Streamlit runs this anew where it draws the page anew; the listener stands on the window once.
 */
(() => {
  const DAY = '[data-testid="stDateInputField"] [role="spinbutton"]';

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    const at = event.composedPath()[0];
    if (event.key !== "Enter" || event.isComposing || event.repeat) return;
    if (!(at instanceof Element && at.matches(DAY))) return;
    const pressed = { key: "Escape", bubbles: true, cancelable: true };
    at.dispatchEvent(new KeyboardEvent("keydown", pressed));
  }

  const there = document.documentElement.dataset;
  if (there.dayKeys) return;
  there.dayKeys = "heard";
  window.addEventListener("keydown", onKey, true);
})();
