// The time bar at the foot of the map: play, steps, the axis with its histogram, and the slider.

const SPEEDS = [7, 14, 30, 90]; // days a second
const THUMB = 14; // px, as in the style sheet
const QUIET = 21; // days without a statement that the axis shows as such

function make(tag, className, attributes = {}, text) {
  const element = document.createElement(tag);
  element.className = className;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (text !== undefined) element.textContent = text;
  return element;
}

// actions: {move(day), released(), step(direction)}
function makeBar(parent, { days, words, spoken, actions }) {
  const bar = make("div", "fl-bar", { role: "group", "aria-label": words.slider });
  const button = (name, symbol) =>
    make("button", "fl-button", { type: "button", "data-testid": name, "aria-label": words[name], title: words[name] }, symbol);
  const previous = button("previous", "‹");
  const play = button("play", "▶");
  const next = button("next", "›");
  const speed = make("select", "fl-speed", { "aria-label": words.speed, "data-testid": "speed" });
  for (const days of SPEEDS) speed.append(new Option(words[`speed_${days}`], days));
  speed.value = SPEEDS[2];
  const label = make("div", "fl-date", { "data-testid": "date-label" });
  const clock = make("div", "fl-clock", { "data-testid": "clock-label" });
  const axis = make("div", "fl-axis");
  const canvas = make("canvas", "fl-histogram", { "aria-hidden": "true" });
  const slider = make("input", "fl-slider", {
    type: "range", min: 0, max: days.count - 1, step: 1,
    "aria-label": words.slider, "data-testid": "date-slider", title: words.keys,
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
  play.addEventListener("click", () => (player.playing() ? player.pause() : player.play(Number(slider.value))));

  return {
    element: bar,
    player,
    show(day, clockWords) {
      const text = dayInWords(days.iso(day), words);
      slider.value = day;
      slider.setAttribute("aria-valuetext", text);
      if (label.textContent !== text) label.textContent = text;
      if (clock.textContent !== clockWords) clock.textContent = clockWords;
    },
    redraw: () => drawAxis(canvas, { days, spoken: spoken(), words }),
  };
}

function makePlayer({ speed, move, ended, shown, last }) {
  let frame = 0;
  const pause = () => {
    if (!frame) return;
    cancelAnimationFrame(frame);
    frame = 0;
    shown(false);
    ended();
  };
  return {
    playing: () => frame !== 0,
    pause,
    play(from) {
      if (frame) return;
      let day = from >= last ? 0 : from;
      let before;
      const tick = (now) => {
        day = Math.min(last, day + ((now - (before ?? now)) / 1000) * speed());
        before = now;
        move(Math.floor(day));
        if (day >= last) pause();
        else frame = requestAnimationFrame(tick);
      };
      frame = requestAnimationFrame(tick);
      shown(true);
    },
  };
}

// spoken: how many statements were made on each day, in the view.
function drawAxis(canvas, { days, spoken, words }) {
  const { clientWidth: width, clientHeight: height } = canvas;
  if (!width) return;
  const scale = window.devicePixelRatio || 1;
  canvas.width = width * scale;
  canvas.height = height * scale;
  const context = canvas.getContext("2d");
  context.scale(scale, scale);
  const colour = (name) => getComputedStyle(canvas).getPropertyValue(name);
  const x = (day) => THUMB / 2 + (day / Math.max(1, days.count - 1)) * (width - THUMB);
  const floor = height - 15;
  drawQuiet(context, { spoken, x, floor, words, colour });
  drawWeeks(context, { spoken, x, floor, colour });
  drawYears(context, { days, x, floor, width, colour });
}

function drawWeeks(context, { spoken, x, floor, colour }) {
  const weeks = [];
  spoken.forEach((count, day) => (weeks[Math.floor(day / 7)] = (weeks[Math.floor(day / 7)] ?? 0) + count));
  const most = Math.max(1, ...weeks);
  context.fillStyle = colour("--fl-bars");
  weeks.forEach((count, week) => {
    // Root scale: a week with one statement stays visible beside one with fifty.
    const tall = count ? Math.max(2, Math.sqrt(count / most) * (floor - 2)) : 0;
    context.fillRect(x(week * 7), floor - tall, Math.max(1.5, x(7) - x(0) - 0.5), tall);
  });
}

// Stretches in which nothing was found are hatched and, where there is room, named.
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

function drawYears(context, { days, x, floor, width, colour }) {
  context.fillStyle = context.strokeStyle = colour("--fl-ink");
  context.font = "11px system-ui, sans-serif";
  context.beginPath();
  context.moveTo(THUMB / 2, floor + 0.5);
  context.lineTo(width - THUMB / 2, floor + 0.5);
  const [first, last] = [days.iso(0), days.iso(days.count - 1)].map((iso) => Number(iso.slice(0, 4)));
  const months = width / (last - first + 1) > 240 ? [1, 4, 7, 10] : [1];
  for (let year = first; year <= last; year++) {
    for (const month of months) {
      const day = days.parse(`${year}-${String(month).padStart(2, "0")}-01`);
      if (day < 0 || day >= days.count) continue;
      context.moveTo(x(day) + 0.5, floor);
      context.lineTo(x(day) + 0.5, floor + (month === 1 ? 5 : 3));
      const text = month === 1 ? String(year) : `${year}-${String(month).padStart(2, "0")}`;
      if (x(day) + context.measureText(text).width < width) context.fillText(text, x(day) + 3, floor + 12);
    }
  }
  context.stroke();
}
