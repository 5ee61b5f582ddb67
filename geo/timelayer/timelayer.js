// Joins the parts: one state, the map that shows it, and the messages to the page around it.

const SEND_AFTER = 300; // ms of rest before the page hears of keys and of a moved map
const REPEAT_AFTER = 3000; // ms without an answer, doubled each time
const GIVE_UP = 40000;

function readStyle(element, payload) {
  const css = getComputedStyle(element);
  const colour = (name) => css.getPropertyValue(name).trim();
  for (const [index, name] of payload.controllers.entries()) {
    element.style.setProperty(`--fl-${name}`, payload.style.controllers[index]);
  }
  return {
    ...payload.style,
    names: payload.controllers,
    fills: undefined, // patterns of the colours before
    paper: colour("--fl-paper"), ink: colour("--fl-ink"), unknown: payload.style.unknown,
    land: colour("--fl-land"), border: colour("--fl-border"), admin1: colour("--fl-admin1"),
  };
}

function startFrontline(map, sources) {
  const container = surround(map);
  followTheme(container);
  if (sources.embed) map.scrollWheelZoom.disable(); // the wheel scrolls the page around the frame
  const needed = [sources.ledger, sources.borders, sources.words, ...(sources.aliases ? [sources.aliases] : [])];
  const ready = Promise.all(needed.map(readSource)).then(([payload, borders, words, aliases]) => {
    speak(words, payload.places);
    return makeFrontline(map, container, { payload, borders, words, aliases, sources });
  });
  ready.catch((error) => {
    console.error(error);
    container.append(make("p", "fl-failure", { role: "alert" }, sources.load_failed));
  });
  window.frontline = {
    ready: ready.then(() => undefined),
    apply: (command) => ready.then((frontline) => frontline.apply(command)),
  };
  ready.then((frontline) => {
    Object.assign(window.frontline, frontline);
    if (sources.embed) startEmbed(frontline, container);
  });
}

// Puts the map, the bar under it and the panels over it into one element; where that is narrow,
// the card stands under the bar and leaves the map in sight.
function surround(map) {
  const ground = map.getContainer();
  // folium's page forbids zooming in with two fingers; readers may need it.
  for (const meta of document.querySelectorAll("meta[name=viewport]")) meta.content = "width=device-width, initial-scale=1";
  const container = make("div", "fl-map");
  ground.replaceWith(container);
  container.append(ground);
  ground.classList.add("fl-ground");
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
    map.options.inertia = false;
    map._zoomAnimated = false; // Leaflet reads the option only once, at its start
  }
  ground.removeAttribute("tabindex"); // the keys are the surrounding element's
  return container;
}

// Streamlit tells a component its theme with every message.
function followTheme(container) {
  window.addEventListener("message", ({ data }) => {
    if (data?.type === "streamlit:render" && data.theme) {
      const dark = data.theme.base === "dark";
      if (container.classList.toggle("fl-dark", dark) !== container._flDark) {
        container._flDark = dark;
        container.dispatchEvent(new Event("fl-theme"));
      }
    }
  });
}

function makeFrontline(map, container, { payload, borders, words, aliases, sources }) {
  const ledger = decodeLedger(payload);
  const days = makeDays(payload.epoch, payload.days);
  ledger.days = days;
  fadesAfter = payload.style.fades_after;
  const texts = makeTexts(sources.texts, payload.chunk, () => showCard());
  const state = { day: days.count - 1, clock: "then", view: "all", only: -1, place: -1 };
  let timeline;
  let heard;
  let spokenDays;

  const style = readStyle(container, payload);
  const controller = (claim) => ledger.controller[claim];
  const lane = (claim) =>
    claim < 0 ? 0 : laneState(ledger.controller[claim], state.day - ledger.stated[claim]);
  const settlements = payload.places.id.length - payload.oblasts; // the oblasts come after them
  const controllerOf = (place, index) => {
    const claim = timeline.current[LANES * place + index];
    return claim === NO_CLAIM ? -1 : controller(claim);
  };
  const isHidden = (place) => {
    if (state.only < 0 || place === state.place) return false;
    const [ukraine, russia, third] = timeline.current.subarray(LANES * place, LANES * (place + 1));
    return statusOf(ledger, ukraine, russia, third) !== payload.statuses[state.only];
  };
  const layer = new SettlementLayer({
    places: payload.places,
    count: settlements,
    style,
    stateOf(place) {
      const { current } = timeline;
      if (isHidden(place)) return HIDDEN;
      return glyphState(lane(current[3 * place]), lane(current[3 * place + 1]), lane(current[3 * place + 2]));
    },
    isSelected: (place) => place === state.place,
    some: () => state.only >= 0,
    panels: panelsOver,
  });
  const background = makeBackground(map, { borders, style, words, container });
  const bar = makeBar(container, {
    days,
    words,
    spoken: () => spokenPerDay(),
    actions: { move: setDay, released: () => send(), step: stepStatement },
  });
  if (!sources.embed) {
    makeLegend(container, { words, style, open: container.clientWidth > 700 })
      .addEventListener("toggle", () => layer.paintNames());
  }
  if (aliases) makeSearch(container, { places: payload.places, aliases, words, visit });
  const record = makeRecord({ payload, ledger, days, words, state, texts, now: () => ({ timeline, heard }) });
  const card = makeCard(container, {
    words,
    close: () => choose(-1),
    go: (day) => { setDay(day); send(); },
    why: record.why,
  });
  for (const element of container.querySelectorAll(".fl-bar, .fl-card, .fl-legend, .fl-search")) {
    L.DomEvent.disableClickPropagation(element);
    L.DomEvent.disableScrollPropagation(element);
  }
  const shown = makeShown(map, {
    sources, borders, payload, days, words, style, state, controllerOf, container, changed: showCard,
  });
  const hint = make("div", "fl-hint", { "aria-hidden": "true", hidden: "" });
  container.append(hint);
  const sendSoon = debounce(() => send(), SEND_AFTER);
  let [sent, heardOf, repeat] = [0, 0, undefined];
  let applied; // number of the last command of the page
  let told = 0; // moves that the page itself asked for are not reported back to it

  hear();
  layer.addTo(map);
  show();
  listen();

  function hear() {
    timeline = makeTimeline(ledger, state);
    heard = heardBy(ledger, state.view);
    spokenDays = statementDays(ledger, heard);
    timeline.seek(state.day);
    layer.paintAll();
    shown.repaint();
    bar.redraw();
  }

  function spokenPerDay() {
    const counts = new Int32Array(days.count);
    for (let c = 0; c < ledger.count; c++) if (ledger.begins[c] && heard(ledger.claimant[c])) counts[ledger.stated[c]]++;
    return counts;
  }

  function setDay(day) {
    const next = days.clamp(day);
    if (next === state.day) return;
    state.day = next;
    const touched = timeline.seek(next);
    layer.paintPlaces(touched);
    shown.seek(touched);
    show();
  }

  function show() {
    bar.show(state.day, fill("{clock} · {found}", {
      clock: words[`clock_${state.clock}`],
      found: fill(words.found_up_to, { day: dayInWords(days.iso(days.count - 1), words) }),
    }));
    showCard();
  }

  function showCard() {
    const { place } = state;
    const maps = place >= 0 && place < settlements ? shown.of(place) : [];
    card.show(place < 0 ? null : { ...record.of(place), maps });
    container.dispatchEvent(new Event("fl-change"));
  }

  function choose(place) {
    if (place === state.place) return;
    state.place = place;
    if (place >= 0) texts.want(ledger.slotStart[place * LANES]);
    showCard();
    shown.select();
    if (state.only >= 0) layer.paintAll(); // the chosen place is always shown
    layer.paintNames(); // after the card, which they make room for
    send();
  }

  function visit(place) {
    const { lat, lon } = payload.places;
    choose(place);
    map.setView([lat[place], lon[place]], Math.max(map.getZoom(), NEAR), { animate: false });
  }

  function panelsOver() {
    const { left, top } = container.getBoundingClientRect();
    return [...container.querySelectorAll(".fl-card:not([hidden]), .fl-legend, .fl-search")].map((panel) => {
      const box = panel.getBoundingClientRect();
      return [box.left - left, box.top - top, box.right - left, box.bottom - top];
    });
  }

  function stepStatement(direction) {
    const day = neighbourDay(spokenDays, state.day, direction);
    if (day !== undefined) setDay(day);
    send();
  }

  // The page answers each message with its number; one that got lost while it was busy is repeated.
  function send(wait = REPEAT_AFTER) {
    if (!window.Streamlit || told) return;
    const { lat, lng } = map.getCenter();
    sent += 1;
    window.Streamlit.setComponentValue({
      number: sent,
      date: days.iso(state.day),
      place: state.place < 0 ? null : payload.places.id[state.place],
      centre: [Number(lat.toFixed(4)), Number(lng.toFixed(4))],
      zoom: map.getZoom(),
    });
    clearTimeout(repeat);
    repeat = setTimeout(() => { if (heardOf < sent && wait < GIVE_UP) send(2 * wait); }, wait);
  }

  function listen() {
    const reach = (event) => (event.pointerType === "touch" ? 22 : 6);
    map.on("click", (event) => {
      const place = layer.pick(event.containerPoint, reach(event.originalEvent));
      choose(place < 0 ? shown.pick(event.containerPoint) : place);
    });
    map.on("mousemove", (event) => {
      const place = layer.pick(event.containerPoint, 4);
      container.classList.toggle("fl-over", place >= 0);
      hint.textContent = place >= 0 ? payload.places.name[place] : "";
      hint.hidden = place < 0;
      if (place >= 0) L.DomUtil.setPosition(hint, event.containerPoint.add([14, 14]));
    });
    map.on("moveend", () => { if (!told) sendSoon(); });
    container.addEventListener("keydown", makeKeys({
      day: (step) => { setDay(state.day + step); sendSoon(); },
      pan: (x, y) => map.panBy([x, y], { animate: false }),
      zoom: (step) => (step > 0 ? map.zoomIn() : map.zoomOut()),
      play: () => (bar.player.playing() ? bar.player.pause() : bar.player.play(state.day)),
      statement: stepStatement,
      walk,
      leave: () => choose(-1),
    }));
    container.addEventListener("fl-theme", () => {
      Object.assign(style, readStyle(container, payload));
      background.restyle();
      layer.restyle();
      shown.repaint();
      bar.redraw();
    });
    // The card of a narrow map takes room from it; the middle of the map stays in the middle.
    new ResizeObserver(() => {
      told++;
      map.invalidateSize({ animate: false });
      told--;
    }).observe(map.getContainer());
    container.setAttribute("tabindex", "0");
    container.setAttribute("role", "application");
    container.setAttribute("lang", words.lang);
    container.setAttribute("aria-label", `${words.map}. ${words.keys}`);
  }

  function walk(step) {
    const places = layer.visible();
    if (!places.length) return;
    const at = places.indexOf(state.place);
    choose(places[at < 0 ? 0 : (at + step + places.length) % places.length]);
  }

  function indexOf(place) {
    const index = ledger.placeIndex.get(place);
    if (index === undefined) throw new RangeError(`unknown place: ${place}`);
    return index;
  }

  function answer(claim) {
    if (claim === NO_CLAIM) return null;
    return {
      controller: payload.controllers[controller(claim)],
      kind: payload.kinds[ledger.kind[claim]],
      stated_on: days.iso(ledger.stated[claim]),
      claim_id: claimId(ledger, claim),
    };
  }

  function setView(view) {
    if (!heardBy(ledger, view)) throw new RangeError(`unknown view: ${view}`);
    if (view === state.view) return;
    state.view = view;
    hear();
    show();
  }

  function setClock(clock) {
    if (clock !== "then" && clock !== "now") throw new RangeError(`unknown clock: ${clock}`);
    if (clock === state.clock) return;
    state.clock = clock;
    hear();
    show();
  }

  // Which places are shown: those of one status, or all.
  function setOnly(status) {
    const only = status ? payload.statuses.indexOf(status) : -1;
    if (status && only < 0) throw new RangeError(`unknown status: ${status}`);
    if (only === state.only) return;
    state.only = only;
    layer.restyle();
  }

  return {
    setDate: (iso) => setDay(days.parse(iso)),
    date: () => days.iso(state.day),
    select: (place) => choose(place === null ? -1 : indexOf(place)),
    fold: foldName,
    knows: (place) => ledger.placeIndex.has(place),
    visit: (place) => visit(indexOf(place)), // choose it and bring it into the middle
    selected: () => (state.place < 0 ? null : payload.places.id[state.place]),
    standing(place) {
      const slot = indexOf(place) * LANES;
      const stands = [0, 1, 2].map((index) => timeline.current[slot + index]);
      const [ukraine, russia, third] = stands.map(answer);
      return { status: statusOf(ledger, ...stands), ukraine, russia, third };
    },
    setClock,
    setView,
    setOnly,
    // Which areas are shown under the settlements: "reach", "oblasts", ids of series.
    setAreas: (ids) => shown.show(ids),
    areas: () => shown.ids(),
    // Ids of the places that are on the screen, the largest first.
    visible: () => layer.visible().map((place) => payload.places.id[place]),
    play: () => bar.player.play(state.day),
    pause: () => bar.player.pause(),
    // Where a place is on the screen, for pages that embed the map and for its tests.
    locate: (place) => {
      const index = indexOf(place);
      return map.latLngToContainerPoint([payload.places.lat[index], payload.places.lon[index]]);
    },
    // What the page around the map asks for; the answer is not sent back to it.
    apply(command) {
      heardOf = command.heard ?? heardOf;
      if (applied === command.number) return;
      applied = command.number;
      told++;
      try {
        if (command.clock) setClock(command.clock);
        if (command.view) setView(command.view);
        setOnly(command.only);
        if (command.date) setDay(days.parse(command.date));
        if ("place" in command) choose(command.place === null ? -1 : indexOf(command.place));
        if (command.centre) map.setView(command.centre, command.zoom ?? map.getZoom(), { animate: false });
        if ("difference" in command) shown.compare(command.difference);
        if (command.areas) shown.show(command.areas);
        if ("background" in command) background.tiles(command.background);
      } finally {
        told--;
      }
    },
  };
}

function debounce(act, rest) {
  let timer;
  return () => { clearTimeout(timer); timer = setTimeout(act, rest); };
}

window.startFrontline = startFrontline;
