// Elements of the page, and what draws on them.

/** @import { Pen } from "./types.d.ts" */

/**
 * Makes an element with its class, attributes and text.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {string} [className]
 * @param {Record<string, string | number>} [attributes]
 * @param {string} [text]
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function make(tag, className = "", attributes = {}, text) {
  const element = document.createElement(tag);
  element.className = className;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  if (text !== undefined) element.textContent = text;
  return element;
}

/**
 * Writes a text where it is another one: what stays costs no layout.
 * @param {Node} node
 * @param {string} text
 */
export function say(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/**
 * A link that opens beside the page; none when it is not http(s).
 * @param {string | undefined} url
 * @param {string} text
 */
export function safeLink(url, text) {
  if (!url || !/^https?:\/\//i.test(url)) return null;
  return make("a", "fl-link", { href: url, target: "_blank", rel: "noopener noreferrer" }, text);
}

/**
 * Waits until nothing was asked for some milliseconds, then acts once.
 * @param {() => void} act
 * @param {number} rest
 */
export function debounce(act, rest) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(act, rest);
  };
}

/**
 * What draws on a canvas.
 * @param {HTMLCanvasElement} canvas
 */
export function pen(canvas) {
  const context = canvas.getContext("2d");
  if (!context) throw new Error("this browser draws on no canvas");
  return context;
}

/**
 * Gives a canvas its size on the page, and `scale` pixels for each of the page's.
 * @param {HTMLCanvasElement} canvas
 * @param {{ x: number, y: number }} size
 * @param {number} scale
 */
export function resize(canvas, size, scale) {
  canvas.width = Math.max(1, size.x * scale); // a map that nobody sees yet has no size
  canvas.height = Math.max(1, size.y * scale);
  canvas.style.width = `${size.x}px`;
  canvas.style.height = `${size.y}px`;
  pen(canvas).scale(scale, scale);
}

/** @type {OffscreenCanvas | undefined} */
let sheet; // one for all that is printed: to begin another costs more than to print

/**
 * Draws a picture that seldom changes, and hands it to a canvas. A canvas that can be drawn on is
 * copied in every frame where no graphics card helps; one that was handed its picture is not.
 * @param {HTMLCanvasElement} canvas
 * @param {{ x: number, y: number }} size
 * @param {number} scale
 * @param {(pen: Pen) => void} draw
 */
export function print(canvas, size, scale, draw) {
  const [width, height] = [Math.round(size.x * scale), Math.round(size.y * scale)];
  sheet ??= new OffscreenCanvas(1, 1);
  [sheet.width, sheet.height] = [Math.max(1, width), Math.max(1, height)]; // and it is blank again
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (sheet.getContext("2d"));
  context.scale(scale, scale);
  draw(context);
  [canvas.width, canvas.height] = [sheet.width, sheet.height];
  canvas.style.width = `${size.x}px`;
  canvas.style.height = `${size.y}px`;
  canvas.getContext("bitmaprenderer")?.transferFromImageBitmap(sheet.transferToImageBitmap());
  sheet.width = 1; // or the browser makes it anew, as large as it was
}
