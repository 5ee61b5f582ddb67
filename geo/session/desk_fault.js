/**
 * Bring the first error on the page into sight, once for each refusal: it stands beside its field,
 * which may be far from the key that was pressed.
 */

const FRAMES = 120; // to wait for it

let shown = "";

/** @param {number} frames how many frames to wait */
function bring(frames) {
  const error = document.querySelector('[data-testid="stAlertContentError"]');
  if (error) error.scrollIntoView({ block: "center" });
  else if (frames > 0) requestAnimationFrame(() => bring(frames - 1));
}

/** @param {{ data: { refusal: string } }} component which refusal it is */
export default function mount(component) {
  if (component.data.refusal === shown) return;
  shown = component.data.refusal;
  bring(FRAMES);
}
