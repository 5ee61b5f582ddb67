// The axis under the slider: how much was said in each week, and where nothing was found.

import { print } from "./dom.js";

/** @import { Days, Pen, Words } from "./types.d.ts" */

/**
 * What is drawn, and where: x of a day, the line on which the bars stand.
 * @typedef {object} Axis
 * @property {Days} days
 * @property {Int32Array} spoken
 * @property {Words} words
 * @property {(day: number) => number} x
 * @property {number} floor
 * @property {number} width
 * @property {(name: string) => string} colour
 */

const THUMB = 14; // px, as in the style sheet
const QUIET = 21; // days without a statement that the axis shows as such

/**
 * spoken: how many statements were made on each day, in the view.
 * @param {HTMLCanvasElement} canvas
 * @param {{ days: Days, spoken: Int32Array, words: Words }} what
 */
export function drawAxis(canvas, { days, spoken, words }) {
  const { clientWidth: width, clientHeight: height } = canvas.parentElement ?? canvas;
  if (!width) return;
  const css = getComputedStyle(canvas);
  /** @type {Axis} */
  const axis = {
    days,
    spoken,
    words,
    x: (day) => THUMB / 2 + (day / Math.max(1, days.count - 1)) * (width - THUMB),
    floor: height - 15,
    width,
    colour: (name) => css.getPropertyValue(name),
  };
  print(canvas, { x: width, y: height }, window.devicePixelRatio || 1, (context) => {
    drawQuiet(context, axis);
    drawWeeks(context, axis);
    drawYears(context, axis);
  });
}

/**
 * @param {Pen} context
 * @param {Axis} axis
 */
function drawWeeks(context, { spoken, x, floor, colour }) {
  const weeks = new Int32Array(Math.ceil(spoken.length / 7));
  for (const [day, count] of spoken.entries()) weeks[Math.floor(day / 7)] += count;
  const most = Math.max(1, ...weeks);
  context.fillStyle = colour("--fl-bars");
  weeks.forEach((count, week) => {
    // Root scale: a week with one statement stays visible beside one with fifty.
    const tall = count ? Math.max(2, Math.sqrt(count / most) * (floor - 2)) : 0;
    context.fillRect(x(week * 7), floor - tall, Math.max(1.5, x(7) - x(0) - 0.5), tall);
  });
}

/**
 * Stretches in which nothing was found are hatched and, where there is room, named.
 * @param {Pen} context
 * @param {Axis} axis
 */
function drawQuiet(context, { spoken, x, floor, words, colour }) {
  let since = -1;
  for (let day = 0; day <= spoken.length; day++) {
    if (day < spoken.length && !spoken[day]) continue;
    if (day - since > QUIET && since >= 0) {
      const [left, right] = [x(since + 1), x(day - 1)];
      context.save();
      context.beginPath();
      context.rect(left, floor - 9, right - left, 9);
      context.clip();
      context.strokeStyle = colour("--fl-quiet");
      context.beginPath();
      for (let at = left - 9; at < right; at += 4) {
        context.moveTo(at, floor);
        context.lineTo(at + 9, floor - 9);
      }
      context.stroke();
      context.restore();
      context.font = "10px system-ui, sans-serif";
      const wide = context.measureText(words.no_statements).width;
      if (right - left > wide + 4) {
        context.fillStyle = colour("--fl-ink");
        context.fillText(words.no_statements, (left + right - wide) / 2, floor - 12);
      }
    }
    since = day;
  }
}

/**
 * @param {Pen} context
 * @param {Axis} axis
 */
function drawYears(context, { days, x, floor, width, colour }) {
  context.fillStyle = context.strokeStyle = colour("--fl-ink");
  context.font = "11px system-ui, sans-serif";
  context.beginPath();
  context.moveTo(THUMB / 2, floor + 0.5);
  context.lineTo(width - THUMB / 2, floor + 0.5);
  const [first, last] = [days.iso(0), days.iso(days.count - 1)].map((iso) =>
    Number(iso.slice(0, 4)),
  );
  const months = width / (last - first + 1) > 240 ? [1, 4, 7, 10] : [1];
  for (let year = first; year <= last; year++) {
    for (const month of months) {
      const day = days.parse(`${year}-${String(month).padStart(2, "0")}-01`);
      if (day < 0 || day >= days.count) continue;
      context.moveTo(x(day) + 0.5, floor);
      context.lineTo(x(day) + 0.5, floor + (month === 1 ? 5 : 3));
      const text = month === 1 ? String(year) : `${year}-${String(month).padStart(2, "0")}`;
      const fits = x(day) + context.measureText(text).width < width;
      if (fits) context.fillText(text, x(day) + 3, floor + 12);
    }
  }
  context.stroke();
}
