// Claims of a file of cases as the browser gets them, in order of say.

import { readFileSync } from "node:fs";
import { makeDays } from "../../geo/timelayer/days.js";
import { makeState } from "../../geo/timelayer/state.js";

/** @import { Payload } from "../../geo/timelayer/types.d.ts" */
/** @typedef {[id: string, place: string, stated: string, effective: string | null, claimant: string, kind: string, controller: string]} Row */

export const EPOCH = "2022-02-24";
export const DAYS = 1800;
const SIDES = ["ukraine", "russia", "third"];
/** @type {Payload["controllers"]} */
const CONTROLLERS = ["ukraine", "russia", "contested"];
const KINDS = "captured holds denies withdrew recaptured foothold contested approaching".split(" ");

/**
 * Reads a file of tests/cases.
 * @param {string} name
 */
export function cases(name) {
  return JSON.parse(readFileSync(new URL(`../cases/${name}.json`, import.meta.url), "utf-8"));
}

/**
 * @param {Row[]} rows
 * @param {[id: string, side: string][]} claimants
 * @returns {Payload}
 */
export function payloadOf(rows, claimants) {
  const days = makeDays(EPOCH, DAYS);
  const places = [...new Set(rows.map(([, place]) => place))];
  const speakers = claimants.map(([id]) => id);
  const said = rows
    .map(([id, place, stated, effective, claimant, kind, controller], row) => {
      const speaker = speakers.indexOf(claimant);
      const side = SIDES.indexOf(claimants[speaker][1]);
      const day = days.parse(stated);
      const back = day - days.parse(effective ?? stated);
      const code = KINDS.indexOf(kind) * 3 + CONTROLLERS.indexOf(/** @type {any} */ (controller));
      return { id, place: places.indexOf(place), side, day, back, speaker, row, code };
    })
    .sort(
      (a, b) =>
        a.place - b.place ||
        a.side - b.side ||
        a.day - b.day ||
        b.speaker - a.speaker ||
        a.row - b.row,
    );
  const none = places.map(() => "");
  return {
    version: "",
    epoch: EPOCH,
    days: DAYS,
    chunk: 2000,
    sides: SIDES,
    controllers: CONTROLLERS,
    kinds: KINDS,
    statuses: ["agreed", "disputed", "one-sided", "third-only", "silent"],
    oblasts: 0,
    places: {
      id: places,
      name: places,
      name_uk: none,
      name_ru: none,
      admin1: none,
      lat: places.map(() => 48),
      lon: places.map(() => 37),
      population: places.map(() => null),
      claims: places.map((_, place) => said.filter((claim) => claim.place === place).length),
    },
    claimants: {
      id: speakers,
      side: claimants.map(([, side]) => SIDES.indexOf(side)),
    },
    claims: {
      days_on: said.map(({ day }, at) => day - (at ? said[at - 1].day : 0)),
      effective_back: said.flatMap(({ back }, at) =>
        back ? [/** @type {[number, number]} */ ([at, back])] : [],
      ),
      claimant: said.map(({ speaker }) => speaker),
      said: said.map(({ code }) => code),
    },
    odd_ids: Object.fromEntries(said.map(({ id }, at) => [at, id])),
    style: {
      controllers: [],
      unknown: "",
      opacities: [1, 0.7, 0.45],
      fades_after: [0, 30, 90],
      within: 90,
    },
  };
}

/**
 * The state over these claims; a day outside is YYYY-MM-DD.
 * @param {Row[]} rows
 * @param {[id: string, side: string][]} claimants
 */
export function stateOf(rows, claimants) {
  const payload = payloadOf(rows, claimants);
  const days = makeDays(payload.epoch, payload.days);
  const state = makeState(payload, days);
  return {
    payload,
    days,
    state,
    /** @type {(iso: string) => number[]} */
    seek(iso) {
      state.day = days.parse(iso);
      return state.timeline.seek(state.day);
    },
  };
}
