// Wires the parts: one state, the map that shows it, the bar that moves it, the card beside it.

import { makeBackground } from "./background.js";
import { makeBar } from "./bar.js";
import { makeCard } from "./card.js";
import { makeDays } from "./days.js";
import { makeHost } from "./host.js";
import { LANES, neighbourDay } from "./ledger.js";
import { makeLegend } from "./legend.js";
import { listen } from "./listen.js";
import { offer } from "./offer.js";
import { mostOf, recentPlaces } from "./opening.js";
import { SettlementLayer } from "./painter.js";
import { makeRecord } from "./record.js";
import { makeReport, viewAddress } from "./report.js";
import { makeSearch, NEAR, WHOLE } from "./search.js";
import { makeShown } from "./shown.js";
import { makeTexts } from "./sources.js";
import { makeState } from "./state.js";
import { readStyle } from "./theme.js";
import { dayInWords, fill } from "./words.js";

/** @import { Box, Frontline, Heeded, Loaded } from "./types.d.ts" */

const EDGE = 24; // px around what the map opens on

/**
 * Makes everything, and gives what is offered outside.
 * @param {L.Map} map
 * @param {HTMLElement} container
 * @param {Loaded} loaded
 * @returns {Frontline}
 */
export function makeFrontline(map, container, { payload, borders, words, sources }) {
  const days = makeDays(payload.epoch, payload.days);
  const state = makeState(payload, days);
  const { ledger, settlements } = state;
  const style = readStyle(container, payload);
  const texts = makeTexts(sources.texts, payload.chunk, () => showCard());
  const host = makeHost(() => {
    const { lat, lng } = map.getCenter();
    return {
      date: days.iso(state.day),
      place: state.place < 0 ? null : payload.places.id[state.place],
      centre: [Number(lat.toFixed(4)), Number(lng.toFixed(4))],
      zoom: map.getZoom(),
    };
  });
  const layer = new SettlementLayer({
    places: payload.places,
    count: settlements,
    style,
    stateOf: state.glyphOf,
    rankOf: state.rankOf,
    isSelected: (place) => place === state.place,
    some: () => state.only >= 0,
    panels: () => panelsOver(container),
  });
  const background = makeBackground(map, { borders, style, words, container });
  const bar = makeBar(container, {
    days,
    words,
    spoken: state.spokenPerDay,
    actions: { move: setDay, released: host.send, step: stepStatement },
  });
  // The bar has taken its room from the map, which is told of it before anything is painted.
  host.quietly(() => map.invalidateSize({ animate: false }));
  const legend = sources.embed
    ? null
    : makeLegend(container, {
        words,
        style,
        within: state.within,
        // As in timelayer.css.
        open: matchMedia("(min-width: 701px)").matches,
        toggled: () => layer.paintNames(),
      });
  if (sources.aliases) {
    makeSearch(container, { places: payload.places, source: sources.aliases, words, visit });
  }
  const record = makeRecord({ payload, days, words, state, texts });
  const card = makeCard(container, {
    words,
    report: makeReport(sources.reports, {
      version: payload.version,
      view: () => viewAddress(state, payload, days),
      text: words.report,
    }),
    close: () => choose(-1),
    go: (day) => {
      setDay(day);
      host.send();
    },
    why: record.why,
  });
  const panels = ".fl-bar, .fl-card, .fl-legend, .fl-search";
  for (const element of /** @type {NodeListOf<HTMLElement>} */ (
    container.querySelectorAll(panels)
  )) {
    L.DomEvent.disableClickPropagation(element);
    L.DomEvent.disableScrollPropagation(element);
  }
  const shown = makeShown(map, {
    sources,
    borders,
    payload,
    days,
    words,
    style,
    state,
    container,
    changed: showCard,
  });

  layer.addTo(map);
  show();
  container.setAttribute("lang", words.lang);
  container.setAttribute("aria-label", `${words.map}. ${words.keys}`);
  container.addEventListener("fl-theme", () => {
    Object.assign(style, readStyle(container, payload));
    background.restyle();
    layer.restyle();
    shown.repaint();
    bar.redraw();
  });

  /** @param {number} day */
  function setDay(day) {
    const next = days.clamp(day);
    if (next === state.day) return;
    state.day = next;
    const touched = state.timeline.seek(next);
    layer.paintPlaces(touched);
    shown.seek(touched);
    show();
  }

  function show() {
    bar.show(
      state.day,
      fill("{clock} · {found}", {
        clock: words[`clock_${state.clock}`],
        found: fill(words.found_up_to, { day: dayInWords(days.iso(days.count - 1), words) }),
      }),
    );
    showCard();
  }

  function showCard() {
    const { place } = state;
    const maps = place >= 0 && place < settlements ? shown.of(place) : [];
    card.show(place < 0 ? null : { ...record.of(place), maps });
    container.dispatchEvent(new Event("fl-change"));
  }

  /** @param {number} place */
  function choose(place) {
    if (place === state.place) return;
    state.place = place;
    if (place >= 0) texts.want(ledger.slotStart[place * LANES]);
    showCard();
    shown.select();
    if (state.only >= 0) layer.paintAll(); // the chosen place is always shown
    layer.paintNames(); // after the card, which they make room for
    host.send();
  }

  /** @param {number} place */
  function visit(place) {
    const { lat, lon } = payload.places;
    choose(place);
    const zoom = place < settlements ? Math.max(map.getZoom(), NEAR) : WHOLE;
    map.setView([lat[place], lon[place]], zoom, { animate: false });
  }

  /** Show where there are statements of late, and the chosen place. */
  function open() {
    const { lat, lon } = payload.places;
    const places = recentPlaces(state);
    if (!places.length) return;
    const [south, north] = mostOf(places.map((place) => lat[place]));
    const [west, east] = mostOf(places.map((place) => lon[place]));
    const box = L.latLngBounds([south, west], [north, east]);
    if (state.place >= 0) box.extend([lat[state.place], lon[state.place]]);
    const fits = map.getBoundsZoom(box, false, L.point(2 * EDGE, 2 * EDGE));
    const zoom = Math.min(NEAR, Math.max(map.getZoom(), fits)); // from afar, glyphs lie on each other
    map.setView(box.getCenter(), zoom, { animate: false });
  }

  /** @param {number} direction */
  function stepStatement(direction) {
    const day = neighbourDay(state.spokenDays, state.day, direction);
    if (day !== undefined) setDay(day);
    host.send();
  }

  /**
   * Another clock, view or age of what is live.
   * @param {Heeded} change
   */
  function hear(change) {
    const { clock, view, within } = { ...state, ...change };
    if (clock === state.clock && view === state.view && within === state.within) return;
    state.hear(change);
    layer.paintAll();
    shown.repaint();
    bar.redraw();
    legend?.tell(state.within);
    show();
  }

  /**
   * Which places are shown: those of one status (its number), or all (-1).
   * @param {number} only
   */
  function setOnly(only) {
    if (only === state.only) return;
    state.only = only;
    layer.restyle();
    shown.repaint();
  }

  const parts = {
    map,
    container,
    payload,
    words,
    days,
    state,
    layer,
    shown,
    background,
    bar,
    host,
  };
  const actions = { setDay, choose, visit, open, stepStatement, hear, setOnly };
  listen(parts, actions);
  return offer(parts, actions);
}

/**
 * The boxes of what lies over the map, in its pixels.
 * @param {HTMLElement} container
 * @returns {Box[]}
 */
function panelsOver(container) {
  const { left, top } = container.getBoundingClientRect();
  const panels = container.querySelectorAll(".fl-card:not([hidden]), .fl-legend, .fl-search");
  return Array.from(panels, (panel) => {
    const box = panel.getBoundingClientRect();
    return [box.left - left, box.top - top, box.right - left, box.bottom - top];
  });
}
