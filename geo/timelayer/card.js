// The card of the chosen place, which follows the slider, and the legend. Text from the ledger is
// set as text, never as markup; links go to http(s) alone.

function safeLink(url, text) {
  if (!/^https?:\/\//i.test(url ?? "")) return null;
  return make("a", "fl-link", { href: url, target: "_blank", rel: "noopener noreferrer" }, text);
}

function makeCard(parent, { words, close, go, why }) {
  const card = make("section", "fl-card", { "data-testid": "place-card", hidden: "" });
  const head = make("div", "fl-card-head");
  const title = make("h2", "fl-card-title");
  const shut = make("button", "fl-button", { type: "button", "aria-label": words.close, title: words.close }, "✕");
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
  const explain = () => { if (reasons.open && place >= 0) listed.replaceChildren(...reasonRows(why(place))); };
  reasons.addEventListener("toggle", () => {
    explain();
    if (reasons.open) card.scrollTop += reasons.getBoundingClientRect().top - card.getBoundingClientRect().top;
  });
  parent.append(card);
  const goTo = (template, day, iso) => {
    const button = make("button", "fl-text-button", { type: "button" }, fill(template, { day: dayInWords(iso, words) }));
    button.addEventListener("click", () => go(day));
    return button;
  };
  return {
    element: card,
    // shown: {place, name, names, admin1, status, iso, lanes: [...], maps: [...], counts, previous, next}; null hides
    show(shown) {
      card.hidden = !shown;
      place = shown ? shown.place : -1;
      if (!shown) return;
      title.textContent = shown.name;
      names.textContent = shown.names;
      when.textContent = `${dayInWords(shown.iso, words)}: ${shown.status}`;
      lanes.replaceChildren(...shown.lanes.flatMap((lane) => laneRows(lane, words)), ...shown.maps.flatMap((map) => mapRows(map, words)));
      explain();
      foot.replaceChildren(make("span", "", {}, shown.counts));
      if (shown.previous) foot.append(goTo(words.previous_here, shown.previous.day, shown.previous.iso));
      if (shown.next) foot.append(goTo(words.next_here, shown.next.day, shown.next.iso));
    },
  };
}

// lane: {side, index, claim: null | {says, speaker, iso, age, aside, controller, outlet, url}}
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
    document.createTextNode(fill(words.speaker, {
      speaker: claim.speaker,
      day: dayInWords(claim.iso, words),
      age: counted(words.ages[claim.age === 0 ? "same" : claim.age > 0 ? "ago" : "later"], Math.abs(claim.age)),
    })),
  );
  const link = safeLink(claim.url, claim.outlet || words.link);
  if (link) said.append(document.createTextNode(" · "), link);
  said.append(make("div", "fl-why", {}, claim.aside ? counted(words.latest, claim.aside) : words.only_one));
  return [term, said];
}

// {rule, lanes: [{side, lines: [{line, stands}]}]}
function reasonRows({ rule, lanes }) {
  return [make("p", "", {}, rule), ...lanes.flatMap(({ side, lines }) => {
    const list = make("ul", "");
    list.append(...lines.map(({ line, stands }) => {
      const item = make("li", "");
      item.append(stands ? make("strong", "", {}, line) : line);
      return item;
    }));
    return [make("h3", "", {}, side), list];
  })];
}

// map: {name, said, controller}: what a series of control areas shows, which nobody stated.
function mapRows(map, words) {
  const said = make("dd", "", { "data-lane": "map" });
  if (map.controller) said.append(make("span", `fl-swatch fl-${map.controller}`, { "aria-hidden": "true" }));
  said.append(map.said);
  return [make("dt", "", { "data-lane": "map" }, fill(words.map_derived, map)), said];
}

// The legend is drawn with the map's own glyphs, so the two cannot differ.
function makeLegend(parent, { words, style, open }) {
  const legend = make("details", "fl-legend", { "data-testid": "legend" });
  legend.open = open;
  legend.append(make("summary", "", {}, words.legend));
  const rows = make("div", "fl-legend-rows");
  const [ukraine, russia, contested] = [0, 1, 2].map((controller) => laneState(controller, 0));
  const row = (state, text) => rows.append(legendGlyph(state, style), make("span", "", {}, text));
  row(glyphState(ukraine, 0, 0), words.left_half);
  row(glyphState(0, russia, 0), words.right_half);
  const fills = make("div", "fl-fills", {}, words.fill);
  for (const [controller, name] of words.controllers.entries()) {
    fills.append(legendGlyph(glyphState(...Array(2).fill([ukraine, russia, contested][controller]), 0), style), name);
  }
  rows.append(fills);
  row(glyphState(russia, russia, 0), words.agreed);
  row(glyphState(ukraine, russia, 0), words.disputed);
  row(glyphState(ukraine, 0, contested), words.ring);
  row(glyphState(laneState(0, 91), laneState(1, 91), 0), words.pale);
  row(0, words.silent);
  legend.append(rows, make("p", "fl-caveat", {}, words.caveat));
  parent.append(legend);
  return legend;
}

function legendGlyph(state, style) {
  const size = 26;
  const canvas = make("canvas", "fl-legend-glyph", { width: 2 * size, height: 2 * size, "aria-hidden": "true" });
  const context = canvas.getContext("2d");
  context.scale(2, 2);
  context.translate(size / 2, size / 2);
  drawGlyph(context, state, 7, style);
  return canvas;
}
