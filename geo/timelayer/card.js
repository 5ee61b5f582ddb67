// The card of the chosen place, which follows the slider: while the day moves only what changed is
// written anew. Text from the ledger is set as text, never as markup; links go to http(s) alone.

import { make, safeLink, say } from "./dom.js";
import { counted, dayInWords, fill } from "./words.js";

/** @import { Card, CardParts, DayOf, LaneRecord, MapRecord, ReportOf, Said, Why, Words } from "./types.d.ts" */

/**
 * @param {HTMLElement} parent
 * @param {CardParts} parts
 * @returns {Card}
 */
export function makeCard(parent, { words, report, close, go, why }) {
  const card = make("section", "fl-card", { "data-testid": "place-card", hidden: "" });
  const head = make("div", "fl-card-head");
  const title = make("h2", "fl-card-title");
  const named = { type: "button", "aria-label": words.close, title: words.close };
  const shut = make("button", "fl-button", named, "✕");
  const names = make("div", "fl-card-names");
  const when = make("div", "fl-card-when");
  const list = make("dl", "fl-lanes");
  const lanes = words.sides.map(() => makeLane(list, words, report));
  const maps = makeMaps(list, words);
  const reasons = make("details", "fl-reasons");
  const listed = make("div");
  const foot = make("div", "fl-card-foot");
  const counts = make("span");
  const previous = makeJump(words.previous_here, words, go);
  const next = makeJump(words.next_here, words, go);
  reasons.append(make("summary", "", {}, words.why.title), listed);
  shut.addEventListener("click", () => {
    close();
    parent.focus(); // the button is gone, and with it the keys
  });
  head.append(title, shut);
  foot.append(counts, previous.button, next.button);
  card.append(head, names, when, list, reasons, foot);
  let place = -1;
  // Made when it is opened, and again while it is open and the day moves.
  const explain = () => {
    if (reasons.open && place >= 0) listed.replaceChildren(...reasonRows(why(place)));
  };
  reasons.addEventListener("toggle", () => {
    explain();
    if (!reasons.open) return;
    card.scrollTop += reasons.getBoundingClientRect().top - card.getBoundingClientRect().top;
  });
  parent.append(card);
  return {
    show(shown) {
      if (card.hidden !== !shown) card.hidden = !shown;
      place = shown ? shown.place : -1;
      if (!shown) return;
      say(title, shown.name);
      say(names, shown.names);
      say(when, `${dayInWords(shown.iso, words)}: ${shown.status}`);
      for (const [at, lane] of shown.lanes.entries()) lanes[at](lane);
      maps(shown.maps);
      explain();
      say(counts, shown.counts);
      previous.show(shown.previous);
      next.show(shown.next);
    },
  };
}

/**
 * The two rows of a lane; gives what shows a record in them.
 * @param {HTMLElement} list
 * @param {Words} words
 * @param {ReportOf} report
 */
function makeLane(list, words, report) {
  const term = make("dt");
  const said = make("dd");
  const spoken = document.createTextNode("");
  const source = make("span");
  const why = make("div", "fl-why");
  list.append(term, said);
  let shows = ""; // the id of the statement, or why there is none
  /** @type {(claim: Said) => void} */
  const build = (claim) => {
    const wrong = report(claim.id);
    source.textContent = "";
    said.replaceChildren(
      make("span", `fl-swatch fl-${claim.controller}`, { "aria-hidden": "true" }),
      make("strong", "", {}, claim.says),
      make("br"),
      spoken,
      source,
      ...(wrong ? [" · ", wrong] : []),
      why,
    );
  };
  return (/** @type {LaneRecord} */ { side, index, heard, claim }) => {
    const silence = heard ? words.no_statement : words.not_heard;
    if ((claim?.id ?? silence) !== shows) {
      shows = claim?.id ?? silence;
      for (const row of [term, said]) row.dataset.lane = index;
      say(term, side);
      said.className = claim ? "" : "fl-silent";
      if (claim) build(claim);
      else said.textContent = silence;
    }
    if (!claim) return;
    // It may come later than the rest, of which a reader may have the other link in focus.
    const link = source.firstChild ? null : safeLink(claim.url, claim.outlet || words.link);
    if (link) source.append(" · ", link);
    say(spoken, spokenBy(claim, words));
    say(why, claim.aside ? counted(words.latest, claim.aside) : words.only_one);
  };
}

/**
 * Who said it, when, and how long before the day that is shown.
 * @param {Said} claim
 * @param {Words} words
 */
function spokenBy({ speaker, iso, age }, words) {
  const forms = words.ages[age === 0 ? "same" : age > 0 ? "ago" : "later"];
  const day = dayInWords(iso, words);
  return fill(words.speaker, { speaker, day, age: counted(forms, Math.abs(age)) });
}

/**
 * What series of control areas show, which nobody stated; gives what shows it below the lanes.
 * @param {HTMLElement} list
 * @param {Words} words
 */
function makeMaps(list, words) {
  /** @type {HTMLElement[]} */
  let rows = [];
  let shows = "[]";
  return (/** @type {MapRecord[]} */ maps) => {
    const key = JSON.stringify(maps);
    if (key === shows) return;
    shows = key;
    for (const row of rows) row.remove();
    rows = maps.flatMap((map) => {
      const said = make("dd", "", { "data-lane": "map" });
      const swatch = make("span", `fl-swatch fl-${map.controller}`, { "aria-hidden": "true" });
      said.append(...(map.controller ? [swatch] : []), map.said);
      return [make("dt", "", { "data-lane": "map" }, fill(words.map_derived, map)), said];
    });
    list.append(...rows);
  };
}

/**
 * A button to a day on which something was said of the place.
 * @param {string} template
 * @param {Words} words
 * @param {(day: number) => void} go
 */
function makeJump(template, words, go) {
  const button = make("button", "fl-text-button", { type: "button", hidden: "" });
  /** @type {DayOf | null} */
  let target = null;
  button.addEventListener("click", () => target && go(target.day));
  return {
    button,
    show(/** @type {DayOf | null} */ to) {
      if (to?.day === target?.day) return;
      target = to;
      button.hidden = !to;
      if (to) say(button, fill(template, { day: dayInWords(to.iso, words) }));
    },
  };
}

/** @param {Why} why */
function reasonRows({ rule, lanes }) {
  return [
    make("p", "", {}, rule),
    ...lanes.flatMap(({ side, lines }) => {
      const list = make("ul");
      list.append(
        ...lines.map(({ line, stands }) => {
          const item = make("li");
          item.append(stands ? make("strong", "", {}, line) : line);
          return item;
        }),
      );
      return [make("h3", "", {}, side), list];
    }),
  ];
}
