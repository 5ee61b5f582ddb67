// Finding a place by any of its names where there is no server to ask: saved page and site. Names and
// question are folded by the rules of geo/gazetteer.py; a test holds the two together.

import { make } from "./dom.js";
import { readSource } from "./sources.js";
import { spellings } from "./words.js";

/** @import { Found, Places, Words } from "./types.d.ts" */

const MOST_FOUND = 8;
export const NEAR = 9; // zoom that tells a place from its neighbours
export const WHOLE = 7; // zoom that shows most of an oblast
// Letters in which Ukrainian and Russian spellings of one name differ, and Latin look-alikes.
const ALIKE = new Map(
  [..."іыєэґaceiopxyьъ"].map((letter, at) => [letter, "ииеегасеиорху"[at] ?? ""]),
);

/**
 * A name as it is compared with others.
 * @param {string} text
 */
export function foldName(text) {
  const plain = text
    .toLowerCase()
    .normalize("NFD")
    .replaceAll("и\u0306", "й")
    .replaceAll("і\u0308", "ї")
    .replace(/[-\u2010-\u2015(),]/g, " ")
    .replace(/[^\p{L}\p{N}\s]|[\u02b0-\u02ff]/gu, "");
  return plain
    .split(/\s+/)
    .filter(Boolean)
    .map((word) =>
      /[\u0400-\u052f]/.test(word)
        ? [...word].map((letter) => ALIKE.get(letter) ?? letter).join("")
        : word,
    )
    .join(" ");
}

/**
 * Gives search(text): places whose name is, begins with, or has a word that begins with the text;
 * in this order, larger places first. Only settlements have aliases.
 * @param {Places} places
 * @param {string[]} aliases
 * @returns {(text: string) => Found[]}
 */
function makeFinder(places, aliases) {
  /** @type {string[][] | undefined} */
  let folded;
  /** @type {(place: number) => string[]} */
  const names = (place) => [...spellings(places, place), ...(aliases[place] ?? "").split(";")];
  /** @type {(key: string, asked: string) => number} */
  const fit = (key, asked) =>
    key === asked ? 3 : key.startsWith(asked) ? 2 : key.includes(` ${asked}`) ? 1 : 0;
  return (text) => {
    const asked = foldName(text.slice(0, 80));
    if (!asked) return [];
    folded ??= places.id.map((_, place) => names(place).map(foldName));
    /** @type {Found[]} */
    const found = [];
    for (const [place, keys] of folded.entries()) {
      const fits = keys.map((key) => fit(key, asked));
      const best = Math.max(...fits);
      if (best) found.push({ place, best, spelling: names(place)[fits.indexOf(best)].trim() });
    }
    /** @type {(place: number) => number} */
    const people = (place) => places.population[place] ?? 0;
    return found
      .sort((a, b) => b.best - a.best || people(b.place) - people(a.place) || a.place - b.place)
      .slice(0, MOST_FOUND);
  };
}

/**
 * The box in which a name is typed; `visit` is what is done with the place that the reader picks.
 * Where the aliases are is told in `source`: they are fetched when somebody first searches.
 * @param {HTMLElement} parent
 * @param {{ places: Places, source: string, words: Words, visit: (place: number) => void }} parts
 */
export function makeSearch(parent, { places, source, words, visit }) {
  const box = make("div", "fl-search", { role: "search" });
  const input = make("input", "fl-search-input", {
    type: "search",
    role: "combobox",
    autocomplete: "off",
    spellcheck: "false",
    maxlength: 80,
    placeholder: words.search_hint,
    "aria-label": words.search,
    "aria-expanded": "false",
    "aria-controls": "fl-found",
    "data-testid": "search",
  });
  const list = make("ul", "fl-found", {
    id: "fl-found",
    role: "listbox",
    "aria-label": words.search,
    hidden: "",
  });
  const none = make("div", "fl-found-none", { role: "status", hidden: "" }, words.search_none);
  /** @type {Promise<(text: string) => Found[]> | undefined} */
  let finder;
  /** @type {(act: (find: (text: string) => Found[]) => void) => void} In the order of asking. */
  const whenLoaded = (act) => {
    finder ??= readSource(source).then((aliases) => makeFinder(places, aliases));
    finder.then(act, () => {
      finder = undefined; // asked for again with the next key
    });
  };
  /** @type {Found[]} */
  let found = [];
  let active = 0;
  box.append(input, list, none);
  parent.append(box);

  const mark = () => {
    for (const [at, row] of [...list.children].entries()) {
      row.setAttribute("aria-selected", String(at === active));
    }
    input.setAttribute("aria-activedescendant", found.length ? `fl-found-${active}` : "");
  };
  /** @type {(matches: Found[]) => void} */
  const show = (matches) => {
    found = matches;
    active = 0;
    list.replaceChildren(
      ...found.map(({ place, spelling }, at) => {
        const row = make("li", "", { role: "option", id: `fl-found-${at}` });
        row.append(make("strong", "", {}, places.name[place]));
        const rest = [spelling === places.name[place] ? "" : spelling, places.admin1[place]]
          .filter(Boolean)
          .join(" · ");
        row.append(make("span", "", {}, rest));
        // At the end of a tap: before, what lies under the list is tapped too.
        row.onpointerdown = (event) => event.preventDefault();
        row.onclick = () => pick(at);
        return row;
      }),
    );
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(found.length > 0));
    mark();
  };
  /** @type {(at: number) => void} */
  const pick = (at) => {
    if (!found[at]) return;
    const { place } = found[at];
    input.value = places.name[place];
    show([]);
    visit(place);
  };
  /** @type {(step: number) => void} */
  const move = (step) => {
    active = (active + step + found.length) % Math.max(1, found.length);
    mark();
  };
  /** @type {Record<string, () => void>} */
  const keys = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Enter: () => whenLoaded(() => pick(active)), // of what is found of the text, once it is
    Escape: () => {
      input.value = "";
      none.hidden = true;
      show([]);
    },
  };
  input.addEventListener("focus", () => whenLoaded(() => {}));
  input.addEventListener("input", () =>
    whenLoaded((find) => {
      if (document.activeElement !== input) return;
      show(find(input.value));
      none.hidden = found.length > 0 || !input.value.trim();
    }),
  );
  input.addEventListener("blur", () => {
    none.hidden = true;
    show([]);
  });
  input.addEventListener("keydown", (event) => {
    // Letters and arrows here are not the map's keys.
    event.stopPropagation();
    if (!keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
  return box;
}
