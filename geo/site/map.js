// Starts the map of the site: reads the address, keeps it in step, and wires the settings. What
// it shows is the same time layer as in the app, which is in the same file before this.
(() => {
  "use strict";
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const [sources, start] = [read("sources"), read("start")];
  const map = L.map("map", start.options);
  map.attributionControl.setPrefix(false); // neutral, from the first moment on
  window.startFrontline(map, sources, start);
  const container = document.querySelector(".fl-map");
  const theme = matchMedia("(prefers-color-scheme: dark)");
  container.classList.toggle("fl-dark", theme.matches);
  theme.addEventListener("change", () => {
    container.classList.toggle("fl-dark", theme.matches);
    container.dispatchEvent(new Event("fl-theme"));
  });

  const settings = document.getElementById("settings"); // absent in a frame
  const field = (name) => settings?.elements.namedItem(name);
  const usual = { clock: "then", view: "all", within: start.within };
  // Some hosts drop what follows a ?; what others append behind # is none of ours.
  const hash = () => new URLSearchParams(location.hash.slice(1));
  const ours = ["date", "place", "clock", "view", "only", "within", "areas", "lat"];
  const byHash = ours.some((key) => hash().has(key));
  const asked = () => (byHash ? hash() : new URLSearchParams(location.search));

  const days = (within) => (within === "any" ? null : Number(within));

  // Into what the map shows: Leaflet cannot count with a point far off the earth.
  function brought(lat, lon) {
    const [[south, west], [north, east]] = start.options.maxBounds;
    return [Math.min(Math.max(lat, south), north), Math.min(Math.max(lon, west), east)];
  }

  // Whatever makes no sense is as if left out.
  function obey(frontline) {
    const parts = asked();
    const said = parts.get("within") ?? "";
    const within = /^([0-9]{1,5}|any)$/.test(said) ? said : usual.within;
    const attempt = (act) => { try { act(); } catch (error) { if (!(error instanceof RangeError)) throw error; } };
    const only = parts.get("only") === "disputed" ? "disputed" : null; // as the box beside it
    const areas = (parts.get("areas") ?? "").split(",").filter((area) => ["reach", "oblasts"].includes(area));
    attempt(() => frontline.setClock(parts.get("clock") ?? usual.clock));
    attempt(() => frontline.setView(parts.get("view") ?? usual.view));
    attempt(() => frontline.setOnly(only));
    attempt(() => frontline.setWithin(days(within)));
    attempt(() => parts.has("date") && frontline.setDate(parts.get("date")));
    frontline.setAreas(areas);
    const place = parts.get("place");
    if (place && frontline.knows(place)) frontline.visit(place);
    const [lat, lon, zoom] = ["lat", "lon", "zoom"].map((key) => (parts.get(key) ? Number(parts.get(key)) : NaN));
    if (Number.isFinite(lat) && Number.isFinite(lon)) {
      touched = true;
      map.setView(brought(lat, lon), Number.isFinite(zoom) ? zoom : map.getZoom(), { animate: false });
    }
    show({
      clock: parts.get("clock") === "now" ? "now" : usual.clock,
      view: parts.get("view") ?? usual.view,
      only,
      within,
      areas,
    });
  }

  // The card leads to the page of its place; out of a frame, to a tab of its own.
  function lead(frontline) {
    const link = document.createElement("a");
    const beside = sources.embed ? { target: "_blank", rel: "noopener" } : {};
    Object.assign(link, { className: "fl-link", textContent: start.allHere, ...beside });
    const aim = () => {
      const place = frontline.selected();
      if (place) link.href = `${start.pages}${start.oblasts.includes(place) ? "oblast" : "place"}/${place}/`;
    };
    document.querySelector(".fl-card-foot").append(link);
    container.addEventListener("fl-change", aim);
  }

  // Bring the settings in step with what is shown.
  function show({ clock, view, only, within, areas }) {
    if (!settings) return;
    const ages = field("within"); // an address may ask for others than are offered
    if (![...ages.options].some((option) => option.value === within)) ages.add(new Option(`≤ ${within}`, within));
    ages.value = within;
    field("clock").value = clock;
    field("view").value = [...field("view").options].some((option) => option.value === view) ? view : usual.view;
    field("only").checked = !!only;
    for (const box of settings.querySelectorAll("input[name=areas]")) box.checked = areas.includes(box.value);
  }

  function write(frontline) {
    const parts = new URLSearchParams({ date: frontline.date() });
    const place = frontline.selected();
    if (place) parts.set("place", place);
    for (const name of Object.keys(usual)) if (field(name).value !== usual[name]) parts.set(name, field(name).value);
    if (field("only").checked) parts.set("only", field("only").value);
    if (frontline.areas().length) parts.set("areas", frontline.areas().join(","));
    const { lat, lng } = map.getCenter();
    if (touched) Object.entries({ lat: lat.toFixed(4), lon: lng.toFixed(4), zoom: map.getZoom() }).forEach(([key, value]) => parts.set(key, value));
    const text = parts.toString().replaceAll("%2C", ",");
    const view = `${byHash ? "#" : "?"}${text}`;
    history.replaceState(null, "", `${location.pathname}${view}`);
    for (const link of document.querySelectorAll(".languages a")) {
      link.href = `${link.href.split(/[?#]/)[0]}${view}`;
    }
  }

  let touched = false; // the middle of the map is told once a reader or an address has moved it
  const waiting = document.getElementById("waiting");
  window.frontline.ready.finally(() => waiting.remove()).catch(() => {});
  window.frontline.ready.then(() => {
    const { frontline } = window;
    lead(frontline);
    if (sources.embed) return; // it reads and writes its own address
    obey(frontline);
    let timer;
    const soon = () => { clearTimeout(timer); timer = setTimeout(() => write(frontline), 200); };
    container.addEventListener("fl-change", soon);
    for (const name of ["pointerdown", "wheel", "keydown"]) {
      container.addEventListener(name, () => { touched = true; }, { passive: true });
    }
    map.on("moveend", soon);
    // Of a film the address is written at its end; a link out of it is followed before.
    document.querySelector(".languages").addEventListener("click", () => write(frontline));
    settings.parentElement.addEventListener("keydown", ({ key, currentTarget }) => {
      if (key !== "Escape" || !currentTarget.open) return;
      currentTarget.open = false;
      currentTarget.querySelector("summary").focus();
    });
    window.addEventListener("hashchange", () => { if (byHash) obey(frontline); });
    settings.addEventListener("change", () => {
      frontline.setClock(field("clock").value);
      frontline.setView(field("view").value);
      frontline.setOnly(field("only").checked ? field("only").value : null);
      frontline.setWithin(days(field("within").value));
      frontline.setAreas([...settings.querySelectorAll("input[name=areas]:checked")].map((box) => box.value));
      soon();
    });
    // Once the map is painted: neither the address nor what the worker fetches for later is to
    // hold it up. The map works without the worker.
    requestAnimationFrame(() => setTimeout(() => {
      write(frontline);
      navigator.serviceWorker?.register(`${start.root}worker.js`).catch(() => {});
    }));
  });
})();
