// The card of the chosen place, which follows the slider, and the legend. Text from the ledger is
// set as text, never as markup; links go to http(s) alone.

import { make, safeLink } from "./dom.js";
import { counted, dayInWords, fill } from "./words.js";

/** @import { Card, LaneRecord, MapRecord, Why, Words } from "./types.d.ts" */

/**
 * @param {HTMLElement} parent
 * @param {{ words: Words, close: () => void, go: (day: number) => void, why: (place: number) => Why }} parts
 * @returns {Card}
 */
export function makeCard(parent, { words, close, go, why }) {
  const card = make("section", "fl-card", { "data-testid": "place-card", hidden: "" });
  const head = make("div", "fl-card-head");
  const title = make("h2", "fl-card-title");
  const shut = make(
    "button",
    "fl-button",
    { type: "button", "aria-label": words.close, title: words.close },
    "✕",
  );
  const names = make("div", "fl-card-names");
  const when = make("div", "fl-card-when");
  const lanes = make("dl", "fl-lanes");
  const reasons = make("details", "fl-reasons");
  const listed = make("div", "");
  const foot = make("div", "fl-card-foot");
  reasons.append(make("summary", "", {}, words.why.title), listed);
  shut.addEventListener("click", close);
  head.append(title, shut);
  card.append(head, names, when, lanes, reasons, foot);
  let place = -1;
  // Made when it is opened, and again while it is open and the day moves.
  const explain = () => {
    if (reasons.open && place >= 0) listed.replaceChildren(...reasonRows(why(place)));
  };
  reasons.addEventListener("toggle", () => {
    explain();
    if (reasons.open)
      card.scrollTop += reasons.getBoundingClientRect().top - card.getBoundingClientRect().top;
  });
  parent.append(card);
  /** @type {(template: string, day: number, iso: string) => HTMLButtonElement} */
  const goTo = (template, day, iso) => {
    const button = make(
      "button",
      "fl-text-button",
      { type: "button" },
      fill(template, { day: dayInWords(iso, words) }),
    );
    button.addEventListener("click", () => go(day));
    return button;
  };
  return {
    show(shown) {
      card.hidden = !shown;
      place = shown ? shown.place : -1;
      if (!shown) return;
      title.textContent = shown.name;
      names.textContent = shown.names;
      when.textContent = `${dayInWords(shown.iso, words)}: ${shown.status}`;
      lanes.replaceChildren(
        ...shown.lanes.flatMap((lane) => laneRows(lane, words)),
        ...shown.maps.flatMap((map) => mapRows(map, words)),
      );
      explain();
      foot.replaceChildren(make("span", "", {}, shown.counts));
      if (shown.previous)
        foot.append(goTo(words.previous_here, shown.previous.day, shown.previous.iso));
      if (shown.next) foot.append(goTo(words.next_here, shown.next.day, shown.next.iso));
    },
  };
}

/**
 * @param {LaneRecord} lane
 * @param {Words} words
 */
function laneRows(lane, words) {
  const term = make("dt", "", { "data-lane": lane.index }, lane.side);
  const said = make("dd", "", { "data-lane": lane.index });
  if (!lane.claim) {
    said.className = "fl-silent";
    said.textContent = words.no_statement;
    return [term, said];
  }
  const { claim } = lane;
  said.append(
    make("span", `fl-swatch fl-${claim.controller}`, { "aria-hidden": "true" }),
    make("strong", "", {}, claim.says),
    make("br", ""),
    document.createTextNode(
      fill(words.speaker, {
        speaker: claim.speaker,
        day: dayInWords(claim.iso, words),
        age: counted(
          words.ages[claim.age === 0 ? "same" : claim.age > 0 ? "ago" : "later"],
          Math.abs(claim.age),
        ),
      }),
    ),
  );
  const link = safeLink(claim.url, claim.outlet || words.link);
  if (link) said.append(document.createTextNode(" · "), link);
  said.append(
    make("div", "fl-why", {}, claim.aside ? counted(words.latest, claim.aside) : words.only_one),
  );
  return [term, said];
}

/** @param {Why} why */
function reasonRows({ rule, lanes }) {
  return [
    make("p", "", {}, rule),
    ...lanes.flatMap(({ side, lines }) => {
      const list = make("ul", "");
      list.append(
        ...lines.map(({ line, stands }) => {
          const item = make("li", "");
          item.append(stands ? make("strong", "", {}, line) : line);
          return item;
        }),
      );
      return [make("h3", "", {}, side), list];
    }),
  ];
}

/**
 * What a series of control areas shows, which nobody stated.
 * @param {MapRecord} map
 * @param {Words} words
 */
function mapRows(map, words) {
  const said = make("dd", "", { "data-lane": "map" });
  if (map.controller)
    said.append(make("span", `fl-swatch fl-${map.controller}`, { "aria-hidden": "true" }));
  said.append(map.said);
  return [make("dt", "", { "data-lane": "map" }, fill(words.map_derived, map)), said];
}
