/**
 * Keys and marking on the desk's page: x throws a candidate away, and a sentence that is marked in the
 * shown text opens the form. An act counts once until the page has answered it: a key that is pressed
 * twice, or held, would propose the same again, or decide what nobody has seen.
 *
 * Streamlit runs the default export anew at each rerun. The listeners stand on the document and are
 * there once; they look for buttons and text when a key comes, so no rerun can leave them behind.
 */

/**
 * @typedef {{ missed: string, shown: string, turn: number, enter: boolean }} Data what the button
 *   says, which candidate is shown, how many acts were answered, whether Enter alone proposes
 * @typedef {{ parentElement: ParentNode, data: Data,
 *   setTriggerValue: (name: string, value: number[]) => void }} Mounted
 */

const SOURCE = '[data-testid="desk-source"]';
const THROW = ".st-key-desk-throw button";
const PROPOSE = ".st-key-desk-propose button";
const ACTS = `${THROW}, ${PROPOSE}`;
const DECIDING = ["accept", "reject", "back"].map((act) => `[class*="st-key-desk-${act}-"] button`);
const BUTTONS = [ACTS, ...DECIDING].join();
const ENTERED = "a, button, summary"; // what Enter is for when the focus is there
const FORM = '[data-testid="stForm"]';
const WRITING = 'input, textarea, select, [contenteditable="true"], [role="combobox"]';
const PATIENCE = 10_000; // ms after which an act that was not answered may be done again
const TOLD = 250; // ms in which Streamlit's browser tells of a field that was left
const FRAMES = 120;

/** @type {Mounted | null} */
let mounted = null;
let done = -1; // the turn in which something was done
let since = 0;
let left = false; // whether a press has just left a field
let waits = false; // whether an act waits until a field is told

/**
 * Tell whether an event proposes or throws away; Streamlit hears Enter itself.
 * @param {Event} event
 */
function isAct(event) {
  const at = event.composedPath()[0];
  if (!mounted || !(at instanceof Element)) return false;
  if (!(event instanceof KeyboardEvent)) return Boolean(at.closest(ACTS));
  if (event.key !== "Enter" || event.isComposing) return false;
  if (at.closest(FORM) && at.closest(WRITING)) return true;
  const held = event.ctrlKey || event.metaKey;
  return mounted.data.enter ? !held && !at.closest(WRITING) : held;
}

/**
 * Tell whether Enter is for the link or button that has the focus: Streamlit would propose, and
 * prevent the other.
 * @param {Event} event
 */
function isForAnother(event) {
  const at = event.composedPath()[0];
  if (!(event instanceof KeyboardEvent && event.key === "Enter" && at instanceof Element))
    return false;
  return Boolean(mounted?.data.enter && at.closest(ENTERED) && !at.closest(PROPOSE));
}

/**
 * Tell whether a key is held down: it would go on deciding what nobody has seen.
 * @param {Event} event
 */
function isHeld(event) {
  const at = event.composedPath()[0];
  if (!(event instanceof KeyboardEvent && event.repeat && at instanceof Element)) return false;
  return (event.key === "Enter" || event.code.startsWith("Key")) && !at.closest(WRITING);
}

/** @param {Event} event */
function onAct(event) {
  if (isHeld(event) || (waits && (isAct(event) || pressed(event)))) refuse(event);
  else if (isForAnother(event))
    event.stopImmediatePropagation(); // the browser clicks it
  else if (comesFirst(event)) actLater(event);
  else if (isAct(event)) countOnce(event);
  if (event.type === "click") left = false; // a click by key comes from no press
}

/**
 * Give the button of ours that a click is on.
 * @param {Event} event
 */
function pressed(event) {
  const at = event.composedPath()[0];
  return event.type === "click" && at instanceof Element ? at.closest(BUTTONS) : null;
}

/**
 * Tell whether a field is to be told before the act: of two messages at once the one breaks off what
 * the other began, and of a day Streamlit tells last.
 * @param {Event} event
 */
function comesFirst(event) {
  if (pressed(event)) return left;
  const at = event.composedPath()[0];
  return isAct(event) && at instanceof Element && isOutside(at);
}

/**
 * Tell whether something is written outside the form, which tells what is in it with its button.
 * @param {Element | null} at
 */
function isOutside(at) {
  return Boolean(at?.closest(WRITING) && !at.closest(FORM));
}

/**
 * Act once the field is told and the page at rest; until then no other act counts.
 * @param {Event} event
 */
function actLater(event) {
  refuse(event);
  const at = event.composedPath()[0];
  if (event.type === "keydown" && at instanceof HTMLElement) at.blur(); // tells it
  // By its name: the page may draw the button anew meanwhile.
  const named = pressed(event)
    ?.closest('[class*="st-key-"]')
    ?.className.match(/st-key-[\w-]+/);
  waits = true;
  setTimeout(() => atRest(named ? `.${named[0]} button` : PROPOSE), TOLD);
}

/**
 * Press a button once the page has come to rest.
 * @param {string} button
 */
function atRest(button) {
  if (document.querySelector('[data-test-script-state="running"]')) {
    requestAnimationFrame(() => atRest(button));
    return;
  }
  waits = false;
  const there = document.querySelector(button);
  if (there instanceof HTMLElement) there.click();
}

function onPress() {
  left = isOutside(document.activeElement);
}

/** @param {Event} event */
function refuse(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}

/** @param {Event} event */
function countOnce(event) {
  if (!mounted) return;
  const now = performance.now();
  if (done === mounted.data.turn && now - since < PATIENCE) {
    refuse(event);
    return;
  }
  done = mounted.data.turn;
  since = now;
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  if (!mounted || event.ctrlKey || event.metaKey || event.altKey) return;
  const at = /** @type {Element} */ (event.composedPath()[0]);
  if (at instanceof Element && at.closest(WRITING)) return;
  // By its place on the keyboard: on a Ukrainian one the key says "ч".
  const button = event.code === "KeyX" ? document.querySelector(THROW) : null;
  if (!(button instanceof HTMLButtonElement) || button.disabled) return;
  event.preventDefault();
  button.click();
}

/** Give first and last character of the marked text, counted as Python counts; null for none. */
function marked() {
  const selection = document.getSelection();
  const source = document.querySelector(SOURCE);
  if (!selection?.rangeCount || selection.isCollapsed || !(source instanceof HTMLElement)) {
    return null;
  }
  const range = selection.getRangeAt(0);
  if (!source.contains(range.startContainer) || !source.contains(range.endContainer)) return null;
  const ahead = document.createRange();
  ahead.selectNodeContents(source);
  ahead.setEnd(range.startContainer, range.startOffset);
  const first = Number(source.dataset.first) + [...ahead.toString()].length;
  return [first, first + [...range.toString()].length];
}

/**
 * Bring the focus from a button to the text once it is there, so that Enter means the candidate.
 * @param {number} frames how many frames to wait for it
 */
function attend(frames) {
  const source = document.querySelector(SOURCE);
  const at = document.activeElement;
  if (at instanceof Element && at.closest(WRITING)) return; // somebody is writing
  if (source instanceof HTMLElement && document.querySelector(THROW)) {
    source.focus({ preventScroll: true });
  } else if (frames > 0) requestAnimationFrame(() => attend(frames - 1));
}

function onSelection() {
  const button = mounted?.parentElement.querySelector("button");
  if (button) button.disabled = !marked();
}

/** @param {Mounted} component */
export default function mount(component) {
  if (component.data.enter && mounted?.data.shown !== component.data.shown) attend(FRAMES);
  mounted = component;
  const button = component.parentElement.querySelector("button");
  if (button) {
    button.textContent = component.data.missed;
    button.hidden = !component.data.missed;
    button.onmousedown = (event) => event.preventDefault(); // the marking must stay
    button.onclick = () => {
      const found = marked();
      if (found) mounted?.setTriggerValue("missed", found);
    };
    button.disabled = !marked();
  }
  for (const kind of ["keydown", "click"]) window.addEventListener(kind, onAct, true); // before all
  window.addEventListener("pointerdown", onPress, true);
  document.addEventListener("keydown", onKey);
  document.addEventListener("selectionchange", onSelection);
  return () => {
    if (mounted !== component) return;
    mounted = null;
    for (const kind of ["keydown", "click"]) window.removeEventListener(kind, onAct, true);
    window.removeEventListener("pointerdown", onPress, true);
    document.removeEventListener("keydown", onKey);
    document.removeEventListener("selectionchange", onSelection);
  };
}
