// What `window.frontline` offers to the page around the map, to pages that embed it, and to tests.

import { claimId, NO_CLAIM } from "./ledger.js";
import { foldName } from "./search.js";

/** @import { Actions, Command, Frontline, Parts, Standing } from "./types.d.ts" */

/**
 * @param {Parts} parts
 * @param {Actions} actions
 * @returns {Frontline}
 */
export function offer(parts, { setDay, choose, visit, open, hear, setOnly }) {
  const { map, payload, days, state, layer, shown, background, bar, host } = parts;
  const { ledger, indexOf } = state;
  // Number of the last command of the page.
  /** @type {number | undefined} */
  let applied;

  /**
   * @param {number} claim
   * @returns {Standing | null}
   */
  function answer(claim) {
    if (claim === NO_CLAIM) return null;
    return {
      controller: payload.controllers[ledger.controller[claim]],
      kind: payload.kinds[ledger.kind[claim]],
      stated_on: days.iso(ledger.stated[claim]),
      claim_id: claimId(ledger, claim),
    };
  }

  /** @type {Frontline} */
  const offered = {
    setDate: (iso) => setDay(days.parse(iso)),
    date: () => days.iso(state.day),
    select: (id) => choose(id === null ? -1 : indexOf(id)),
    fold: foldName,
    knows: (id) => ledger.placeIndex.has(id),
    visit: (id) => visit(indexOf(id)), // choose it and bring it into the middle
    selected: () => (state.place < 0 ? null : payload.places.id[state.place]),
    standing(id) {
      const place = indexOf(id);
      const [ukraine, russia, third] = state.standing(place).map(answer);
      return { status: state.statusOf(place), ukraine, russia, third };
    },
    setClock(clock) {
      if (clock !== "then" && clock !== "now") throw new RangeError(`unknown clock: ${clock}`);
      hear({ clock });
    },
    setView: (view) => hear({ view }),
    // Which places are shown: those of one status, or all; of the disputed ones, the live.
    setOnly(status) {
      const only = status ? payload.statuses.indexOf(status) : -1;
      if (status && only < 0) throw new RangeError(`unknown status: ${status}`);
      setOnly(only);
    },
    // How old both sides' statements may be in a live disagreement; null: any age.
    setWithin(days) {
      if (days !== null && !(days >= 0)) throw new RangeError(`not a number of days: ${days}`);
      hear({ within: days ?? Infinity });
    },
    isLive: (id) => state.isLive(indexOf(id)),
    // Which areas are shown under the settlements: "reach", "oblasts", ids of series.
    setAreas: shown.show,
    areas: shown.ids,
    // Ids of the places that are on the screen, the largest first.
    visible: () => layer.visible().map((place) => payload.places.id[place]),
    // Where their discs lie, the lowest first.
    discs: () =>
      layer.discs().map(({ place, ...disc }) => ({ ...disc, id: payload.places.id[place] })),
    play: () => bar.player.play(state.day),
    pause: bar.player.pause,
    // Where a place is on the screen, for pages that embed the map and for its tests.
    locate: (id) => {
      const place = indexOf(id);
      return map.latLngToContainerPoint([payload.places.lat[place], payload.places.lon[place]]);
    },
    // What the page around the map asks for; the answer is not sent back to it.
    apply(command) {
      try {
        if (applied !== command.number) host.quietly(() => obey(command));
      } finally {
        applied = command.number;
        host.heard(command.heard ?? 0, applied);
      }
    },
  };

  /** @param {Command} command */
  function obey({ number, clock, view, within, only, areas, ...command }) {
    if (clock) offered.setClock(clock);
    if (view) offered.setView(view);
    if (within !== undefined) offered.setWithin(within);
    offered.setOnly(only);
    // A page that counts from the start again was away, and the reader went on meanwhile.
    /** @type {Partial<Command>} */
    const { date, place, centre, zoom } = number < Number(applied) ? {} : command;
    if (date) offered.setDate(date);
    if (place !== undefined) offered.select(place);
    if (centre) map.setView(centre, zoom ?? map.getZoom(), { animate: false });
    else if (applied === undefined) open();
    if ("difference" in command) shown.compare(command.difference);
    if (areas) shown.show(areas);
    if ("background" in command) background.tiles(command.background);
  }
  return offered;
}
