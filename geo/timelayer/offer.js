// What `window.frontline` offers to the page around the map, to pages that embed it, and to tests.

import { claimId, NO_CLAIM } from "./ledger.js";
import { foldName } from "./search.js";

/** @import { Actions, Frontline, Parts, Standing } from "./types.d.ts" */

/**
 * @param {Parts} parts
 * @param {Actions} actions
 * @returns {Frontline}
 */
export function offer(parts, { setDay, choose, visit, open, hear, setOnly }) {
  const { map, payload, days, state, layer, shown, background, bar, host } = parts;
  const { ledger, indexOf } = state;
  /** @type {number | undefined} */
  let applied; // number of the last command of the page

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

  /** @type {Frontline["select"]} */
  const chosen = (id) => choose(id === null ? -1 : indexOf(id));
  /** @type {Frontline} */
  const offered = {
    setDate: (iso) => setDay(days.parse(iso)),
    date: () => days.iso(state.day),
    select: chosen,
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
      if (command.heard !== undefined) host.heard(command.heard, command.number);
      if (applied === command.number) return;
      const first = applied === undefined;
      applied = command.number;
      host.quietly(() => {
        if (command.clock) offered.setClock(command.clock);
        if (command.view) offered.setView(command.view);
        if (command.within !== undefined) offered.setWithin(command.within);
        offered.setOnly(command.only);
        if (command.date) offered.setDate(command.date);
        if (command.place !== undefined) chosen(command.place);
        const { centre, zoom } = command;
        if (centre) map.setView(centre, zoom ?? map.getZoom(), { animate: false });
        else if (first) open();
        if ("difference" in command) shown.compare(command.difference);
        if (command.areas) shown.show(command.areas);
        if ("background" in command) background.tiles(command.background);
      });
    },
  };
  return offered;
}
