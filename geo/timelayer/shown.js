// Which areas are shown: loads them when they are first asked for, paints what a day changes,
// and says beside the map what each one is and how old.

import { AreaCanvas } from "./areas.js";
import { debounce, make, pen } from "./dom.js";
import { decodeLines } from "./lines.js";
import { MANY } from "./painter.js";
import { makeOblasts, makeReach } from "./reach.js";
import { decodeSeries, observationOn, paintChange, paintSeries, shownOf } from "./series.js";
import { readSource } from "./sources.js";
import { counted, dayInWords, fill } from "./words.js";

/** @import { DifferenceRow, Draw, Series, Shown, ShownParts } from "./types.d.ts" */

const REACH = "reach";
const OBLASTS = "oblasts";
const REACH_RESTS = 120; // ms

/**
 * @param {L.Map} map
 * @param {ShownParts} parts
 * @returns {Shown}
 */
export function makeShown(
  map,
  { sources, borders, payload, days, words, style, state, changed, container },
) {
  const { settlements: first, controllerOf } = state;
  /** @type {Map<string, Series | null | undefined>} Null while it comes, nothing where it cannot be had. */
  const loaded = new Map();
  /** @type {Draw | null | undefined} */
  let drawReach;
  /** @type {string[]} */
  let ids = [];
  const oblasts = makeOblasts(borders, {
    places: payload.places,
    first,
    style,
    controllerOf,
    isSelected: (place) => place === state.place,
  });
  /** @type {(name: string, order: number, draw: Draw) => AreaCanvas} */
  const canvasOf = (name, order, draw) => {
    const pane = map.createPane(`fl-${name}`);
    pane.style.zIndex = String(300 + order);
    pane.style.pointerEvents = "none";
    return new AreaCanvas(draw, { pane: `fl-${name}` });
  };
  const canvases = {
    reach: canvasOf("reach", 0, (context, frame) => drawReach?.(context, frame)),
    series: canvasOf("series", 1, (context, frame) => {
      for (const [rank, series] of seriesShown().entries()) {
        paintSeries(context, frame, series, state.day, style, rank);
      }
    }),
    difference: canvasOf("difference", 2, (context, frame) => {
      for (const row of cut ?? []) paintChange(context, frame, row, style);
    }),
    oblasts: canvasOf("oblasts", 3, oblasts.draw),
  };
  const list = make("ul", "fl-areas", { "data-testid": "areas", hidden: "" });
  container.append(list);
  /** @type {DifferenceRow[] | null} Two states of control areas, cut into gained, lost and kept. */
  let cut = null;
  let listed = ""; // what the list says
  let painted = ""; // which observations the canvas of the series shows
  // When there are too many cells for every frame.
  const repaintReach = debounce(() => canvases.reach.repaint(), REACH_RESTS);

  const seriesShown = () => ids.map((id) => loaded.get(id)).filter((series) => !!series);
  /** @type {(id: string) => boolean} */
  const has = (id) => ids.includes(id);

  /** @param {string} id */
  function load(id) {
    if (loaded.get(id) !== undefined || id === OBLASTS) return;
    loaded.set(id, null);
    readSource(id === REACH ? sources.reach : sources.series[id].address).then(
      (coded) => {
        if (id === REACH) drawReach = makeReach(coded, { style, controllerOf });
        else loaded.set(id, decodeSeries(coded, days));
        repaint();
        changed();
      },
      (error) => {
        console.error(error);
        loaded.set(id, undefined); // asked for again when it is shown again
        tell();
      },
    );
  }

  function repaint() {
    painted = "";
    const on = {
      reach: has(REACH),
      series: seriesShown().length > 0,
      difference: cut !== null,
      oblasts: has(OBLASTS),
    };
    for (const [name, canvas] of Object.entries(canvases)) {
      const wanted = on[/** @type {keyof typeof on} */ (name)];
      if (!wanted) canvas.remove();
      else if (map.hasLayer(canvas)) canvas.repaint();
      else canvas.addTo(map);
    }
    tell();
  }

  /** Who alone is heard and what alone is shown, if not all. */
  function narrowed() {
    const { view, only } = state;
    const side = words.sides[payload.sides.indexOf(view)];
    const who = side ?? words.speakers[payload.claimants.id.indexOf(view)];
    return [
      ...(who ? [["view", fill(words.heard_only, { who })]] : []),
      ...(only < 0 ? [] : [["only", fill(words.shown_only, { status: words.statuses[only] })]]),
    ];
  }

  /** What the list says of each: its name, and for a series its latest observation and the age. */
  function tell() {
    const told = [...narrowed(), ...ids.map((id) => [id, textOf(id)])];
    if (cut) told.unshift(["difference", words.difference]);
    list.hidden = !told.length;
    if (told.join() === listed) return;
    listed = told.join();
    const rows = told.map(([id, text]) => make("li", "", { "data-area": id }, text));
    list.replaceChildren(...rows);
  }

  /** @param {string} id */
  function textOf(id) {
    const name = id === REACH || id === OBLASTS ? words[id] : sources.series[id].name;
    const series = loaded.get(id);
    if (loaded.has(id) && series === undefined) return fill(words.area_lost, { name });
    if (!series) return name;
    const observation = observationOn(series, state.day);
    if (observation < 0) return fill(words.area_before, { name });
    const age = state.day - series.observed[observation];
    return fill(words.area_observed, {
      name,
      day: dayInWords(series.days[observation], words),
      age: counted(words.ages[age ? "ago" : "same"], age),
    });
  }

  return {
    repaint,
    // Show these, in this order; one that is unknown is left out.
    show(wanted) {
      ids = wanted.filter((id) => id === REACH || id === OBLASTS || sources.series[id]);
      ids.forEach(load);
      repaint();
    },
    ids: () => ids,
    // Show a difference as the page around the map cut it, or none.
    compare(coded) {
      const rows = coded?.rows ?? [];
      cut = coded ? rows.map((row) => ({ ...row, lines: decodeLines(row, coded.grid) })) : null;
      repaint();
    },
    // The day has moved, and these places may look different.
    seek(places) {
      if (!ids.length) return;
      const now = seriesShown()
        .map((series) => observationOn(series, state.day))
        .join();
      if (now !== painted) {
        painted = now;
        canvases.series.repaint();
      }
      if (places.length && has(OBLASTS)) canvases.oblasts.repaint();
      if (places.length && has(REACH)) {
        if (first <= MANY) canvases.reach.repaint();
        else repaintReach();
      }
      tell();
    },
    select: () => {
      if (has(OBLASTS)) canvases.oblasts.repaint();
    },
    // The oblast under a point of the map's container; -1 for none.
    pick(point) {
      if (!has(OBLASTS) || !map.hasLayer(canvases.oblasts)) return -1;
      return oblasts.pick(pen(canvases.oblasts.canvas()), canvases.oblasts.pointOn(point));
    },
    // What each series shows of a place on the day.
    of: (place) =>
      seriesShown().map((series) => {
        const shown = shownOf(series, place, state.day);
        const { name } = sources.series[series.id];
        const said =
          shown === undefined
            ? words.map_before
            : shown === null
              ? words.map_outside
              : fill(words.map_inside, {
                  controller: words.controllers[payload.controllers.indexOf(shown.controller)],
                  day: dayInWords(shown.since, words),
                });
        return { name, said, controller: shown?.controller };
      }),
  };
}
