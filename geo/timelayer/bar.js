// The time bar at the foot of the map: play, steps, the axis with its histogram, and the slider.

import { drawAxis } from "./axis.js";
import { make, say } from "./dom.js";
import { makePlayer } from "./player.js";
import { dayInWords } from "./words.js";

/** @import { Bar, BarActions, Days, Words } from "./types.d.ts" */

const SPEEDS = /** @type {const} */ ([7, 14, 30, 90]); // days a second

/**
 * @param {HTMLElement} parent
 * @param {{ days: Days, words: Words, spoken: () => Int32Array, actions: BarActions }} parts
 * @returns {Bar}
 */
export function makeBar(parent, { days, words, spoken, actions }) {
  const bar = make("div", "fl-bar", { role: "group", "aria-label": words.slider });
  /** @type {(name: "previous" | "play" | "next", symbol: string) => HTMLButtonElement} */
  const button = (name, symbol) =>
    make(
      "button",
      "fl-button",
      { type: "button", "data-testid": name, "aria-label": words[name], title: words[name] },
      symbol,
    );
  const previous = button("previous", "‹");
  const play = button("play", "▶");
  const next = button("next", "›");
  const speed = make("select", "fl-speed", { "aria-label": words.speed, "data-testid": "speed" });
  for (const days of SPEEDS) speed.append(new Option(words[`speed_${days}`], String(days)));
  speed.value = String(SPEEDS[2]);
  const label = make("div", "fl-date", { "data-testid": "date-label" });
  const clock = make("div", "fl-clock", { "data-testid": "clock-label" });
  const axis = make("div", "fl-axis");
  const canvas = make("canvas", "fl-histogram", { "aria-hidden": "true" });
  const slider = make("input", "fl-slider", {
    type: "range",
    min: 0,
    max: days.count - 1,
    step: 1,
    "aria-label": words.slider,
    "data-testid": "date-slider",
    title: words.keys,
  });
  const dates = make("div", "fl-dates");
  const controls = make("div", "fl-controls");
  dates.append(label, clock);
  controls.append(previous, play, next, speed);
  axis.append(canvas, slider);
  bar.append(controls, dates, axis);
  parent.append(bar);

  slider.addEventListener("input", () => actions.move(Number(slider.value)));
  slider.addEventListener("change", () => actions.released());
  previous.addEventListener("click", () => actions.step(-1));
  next.addEventListener("click", () => actions.step(1));
  new ResizeObserver(() => drawAxis(canvas, { days, spoken: spoken(), words })).observe(axis);

  const player = makePlayer({
    speed: () => Number(speed.value),
    move: actions.move,
    ended: () => actions.released(),
    shown(playing) {
      const word = playing ? words.pause : words.play;
      play.textContent = playing ? "❚❚" : "▶";
      play.setAttribute("aria-label", word);
      play.title = word;
    },
    last: days.count - 1,
  });
  play.addEventListener("click", () =>
    player.playing() ? player.pause() : player.play(Number(slider.value)),
  );

  return {
    player,
    show(day, clockWords) {
      const text = dayInWords(days.iso(day), words);
      slider.value = String(day);
      slider.setAttribute("aria-valuetext", text);
      say(label, text);
      say(clock, clockWords);
    },
    redraw: () => drawAxis(canvas, { days, spoken: spoken(), words }),
  };
}
