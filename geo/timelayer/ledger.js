// The ledger in columns, and what stands on a day. Python sends the claims in order of say: within
// a place and side the later claim overrides the earlier one, so only "last that counts" is left.

const NO_CLAIM = -1;
const GROUP_DAYS = 2; // as WITHIN of geo/ledger/groups.py
const LANES = 3; // Ukraine's side, Russia's side, third parties

function decodeLedger(payload) {
  const { places, claims, claimants } = payload;
  const count = claims.said.length;
  const placeCount = places.id.length;
  const ledger = {
    payload,
    placeCount,
    count,
    stated: new Int32Array(count),
    effective: new Int32Array(count),
    claimant: Int16Array.from(claims.claimant),
    kind: Uint8Array.from(claims.said, (said) => Math.floor(said / 3)),
    controller: Uint8Array.from(claims.said, (said) => said % 3),
    place: new Int32Array(count),
    slotStart: new Int32Array(placeCount * LANES + 1), // claims of a place and lane: one run each
    placeIndex: new Map(places.id.map((id, index) => [id, index])),
  };
  let day = 0;
  for (let c = 0; c < count; c++) ledger.stated[c] = day += claims.days_on[c];
  let claim = 0;
  for (let place = 0; place < placeCount; place++) {
    const end = claim + places.claims[place];
    for (let lane = 0; lane < LANES; lane++) {
      ledger.slotStart[place * LANES + lane] = claim;
      while (claim < end && claimants.side[ledger.claimant[claim]] === lane) {
        ledger.place[claim] = place;
        ledger.effective[claim] = ledger.stated[claim];
        claim++;
      }
    }
  }
  ledger.slotStart[placeCount * LANES] = count;
  for (const [index, back] of claims.effective_back) ledger.effective[index] -= back;
  ledger.begins = beginGroups(ledger);
  return ledger;
}

// Marks the claims that count: what one speaker repeats of a place within days counts once.
function beginGroups({ count, slotStart, stated, claimant, controller }) {
  const begins = new Uint8Array(count);
  for (let slot = 0; slot + 1 < slotStart.length; slot++) {
    const begun = new Map(); // the first day of the group of a speaker and a controller
    for (let c = slotStart[slot]; c < slotStart[slot + 1]; c++) {
      const voice = claimant[c] * LANES + controller[c];
      if (stated[c] - (begun.get(voice) ?? -Infinity) <= GROUP_DAYS) continue;
      begun.set(voice, stated[c]);
      begins[c] = 1;
    }
  }
  return begins;
}

function claimId(ledger, claim) {
  const { places, claims, claimants, odd_ids: odd } = ledger.payload;
  return odd[claim] ?? [
    places.id[ledger.place[claim]],
    ledger.days.iso(ledger.stated[claim]),
    claimants.id[ledger.claimant[claim]],
  ].join("-");
}

// A filter over claimants for "all", a side's name or a claimant's id; null when there is no such.
function heardBy(ledger, view) {
  const { claimants, sides } = ledger.payload;
  if (view === "all") return () => true;
  const side = sides.indexOf(view);
  if (side >= 0) return (claimant) => claimants.side[claimant] === side;
  const speaker = claimants.id.indexOf(view);
  return speaker >= 0 ? (claimant) => claimant === speaker : null;
}

// Spells: which claim stands in a slot (a place's lane) from which day, in order of slot and day.
function makeSpells(ledger, { clock, view }) {
  const heard = heardBy(ledger, view);
  const slots = ledger.placeCount * LANES;
  const { stated, effective, claimant, slotStart } = ledger;
  const from = clock === "now" ? effective : stated;
  const [day, claim, slotOf] = [0, 1, 2].map(() => new Int32Array(ledger.count));
  let size = 0;
  for (let slot = 0; slot < slots; slot++) {
    const start = size;
    // Backwards: a claim stands until the first day that a later-stated one speaks of.
    let horizon = Infinity;
    for (let c = slotStart[slot + 1] - 1; c >= slotStart[slot]; c--) {
      if (!heard(claimant[c]) || from[c] >= horizon) continue;
      horizon = from[c];
      day[size] = Math.max(0, horizon);
      claim[size] = c;
      slotOf[size++] = slot;
    }
    day.subarray(start, size).reverse();
    claim.subarray(start, size).reverse();
  }
  return { size, day, claim, slotOf };
}

// Items in order of their day: those of day d run from first[d] to first[d + 1].
function byDay(days, span) {
  const first = new Int32Array(span + 1);
  for (const day of days) first[day + 1]++;
  for (let day = 0; day < span; day++) first[day + 1] += first[day];
  const next = first.slice(0, span);
  const order = new Int32Array(days.length);
  for (let i = 0; i < days.length; i++) order[next[days[i]]++] = i;
  return { first, order };
}

// On which days a place pales, because what stands there is old: places in order of day.
function makeFades(ledger, { size, day, claim, slotOf }) {
  const span = ledger.days.count;
  const [when, place] = [[], []];
  for (let i = 0; i < size; i++) {
    const end = i + 1 < size && slotOf[i + 1] === slotOf[i] ? day[i + 1] : span;
    for (const age of fadesAfter.slice(1)) {
      const pales = ledger.stated[claim[i]] + age + 1;
      if (pales <= day[i] || pales >= end) continue;
      when.push(pales);
      place.push(ledger.place[claim[i]]);
    }
  }
  const { first, order } = byDay(Int32Array.from(when), span);
  return { first, places: order.map((i) => place[i]) };
}

// What stands, kept up to date while the day moves: only what changes on the way is touched.
// `current[slot]` is a claim or NO_CLAIM.
function makeTimeline(ledger, options) {
  const spells = makeSpells(ledger, options);
  const { claim, slotOf } = spells;
  const { first, order } = byDay(spells.day.subarray(0, spells.size), ledger.days.count);
  const fades = makeFades(ledger, spells);
  const current = new Int32Array(ledger.placeCount * LANES).fill(NO_CLAIM);
  let today = -1;
  const before = (i) => (i > 0 && slotOf[i - 1] === slotOf[i] ? claim[i - 1] : NO_CLAIM);
  const enter = (day, touched) => {
    for (let at = first[day]; at < first[day + 1]; at++) {
      const i = order[at];
      current[slotOf[i]] = claim[i];
      touched.push(ledger.place[claim[i]]);
    }
  };
  const leave = (day, touched) => {
    for (let at = first[day + 1] - 1; at >= first[day]; at--) {
      const i = order[at];
      current[slotOf[i]] = before(i);
      touched.push(ledger.place[claim[i]]);
    }
  };
  return {
    current,
    // Go to a day; gives the places that may look different, some of them more than once.
    seek(day) {
      const touched = [];
      const pass = (crossed, act) => {
        act(crossed, touched);
        for (let at = fades.first[crossed]; at < fades.first[crossed + 1]; at++) touched.push(fades.places[at]);
      };
      while (today < day) pass(++today, enter);
      while (today > day) pass(today--, leave);
      return touched;
    },
  };
}

// The rule of geo/timeline.py: a third party never changes the status of the two.
function statusOf(ledger, ukraine, russia, third) {
  const controller = (claim) => ledger.controller[claim];
  if (ukraine !== NO_CLAIM && russia !== NO_CLAIM) {
    return controller(ukraine) === controller(russia) ? "agreed" : "disputed";
  }
  if (ukraine !== NO_CLAIM || russia !== NO_CLAIM) return "one-sided";
  return third !== NO_CLAIM ? "third-only" : "silent";
}

// Days on which anything was stated, ascending; for one place when it is given.
function statementDays(ledger, heard, place) {
  const [first, end] = place === undefined
    ? [0, ledger.count]
    : [ledger.slotStart[place * LANES], ledger.slotStart[(place + 1) * LANES]];
  const days = new Set();
  for (let c = first; c < end; c++) if (heard(ledger.claimant[c])) days.add(ledger.stated[c]);
  return Int32Array.from(days).sort();
}

function neighbourDay(days, day, step) {
  if (step > 0) return days.find((d) => d > day);
  return days.findLast((d) => d < day);
}
