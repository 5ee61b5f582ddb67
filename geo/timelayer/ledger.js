// The ledger in columns, and what stands on a day. Python sends the claims in order of say: within
// a place and side the later claim overrides the earlier one, so only "last that counts" is left.

const NO_CLAIM = -1;
const LANES = 3; // Ukraine's side, Russia's side, third parties

function decodeLedger(payload) {
  const { places, claims, claimants } = payload;
  const count = claims.stated.length;
  const placeCount = places.id.length;
  const ledger = {
    payload,
    placeCount,
    count,
    stated: Int32Array.from(claims.stated),
    effective: new Int32Array(count),
    claimant: Int16Array.from(claims.claimant),
    kind: Uint8Array.from(claims.kind),
    controller: Uint8Array.from(claims.controller),
    place: new Int32Array(count),
    slotStart: new Int32Array(placeCount * LANES + 1), // claims of a place and lane: one run each
    placeIndex: new Map(places.id.map((id, index) => [id, index])),
  };
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
  return ledger;
}

function claimId(ledger, claim) {
  const { places, claims, claimants, odd_ids: odd } = ledger.payload;
  return odd[claim] ?? [
    places.id[ledger.place[claim]],
    ledger.days.iso(claims.stated[claim]),
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
  const start = new Int32Array(slots + 1);
  const day = new Int32Array(ledger.count);
  const claim = new Int32Array(ledger.count);
  const { stated, effective, claimant, slotStart } = ledger;
  const from = clock === "now" ? effective : stated;
  let size = 0;
  for (let slot = 0; slot < slots; slot++) {
    start[slot] = size;
    // Backwards: a claim stands until the first day that a later-stated one speaks of.
    let horizon = Infinity;
    for (let c = slotStart[slot + 1] - 1; c >= slotStart[slot]; c--) {
      if (!heard(claimant[c]) || from[c] >= horizon) continue;
      horizon = from[c];
      day[size] = horizon;
      claim[size++] = c;
    }
    day.subarray(start[slot], size).reverse();
    claim.subarray(start[slot], size).reverse();
  }
  start[slots] = size;
  return { start, size, day: day.slice(0, size), claim: claim.slice(0, size), ...byDay(ledger, day, size, start) };
}

// The same spells in order of day: moving the slider touches only what changes on the way.
function byDay(ledger, day, size, start) {
  const span = ledger.days.count;
  const first = new Int32Array(span + 1);
  const clampDay = (d) => Math.max(0, Math.min(span - 1, d));
  for (let i = 0; i < size; i++) first[clampDay(day[i]) + 1]++;
  for (let d = 0; d < span; d++) first[d + 1] += first[d];
  const next = first.slice();
  const order = new Int32Array(size);
  const slotOf = new Int32Array(size);
  for (let slot = 0; slot + 1 < start.length; slot++) slotOf.fill(slot, start[slot], start[slot + 1]);
  for (let i = 0; i < size; i++) order[next[clampDay(day[i])]++] = i;
  return { first, order, slotOf };
}

// What stands, kept up to date while the day moves. `current[slot]` is a claim or NO_CLAIM.
function makeTimeline(ledger, options) {
  const spells = makeSpells(ledger, options);
  const current = new Int32Array(ledger.placeCount * LANES).fill(NO_CLAIM);
  let today = -1;
  const before = (spell) =>
    spell > spells.start[spells.slotOf[spell]] ? spells.claim[spell - 1] : NO_CLAIM;
  return {
    current,
    spells,
    seek(day) {
      for (; today < day; today++) {
        for (let i = spells.first[today + 1]; i < spells.first[today + 2]; i++) {
          current[spells.slotOf[spells.order[i]]] = spells.claim[spells.order[i]];
        }
      }
      for (; today > day; today--) {
        for (let i = spells.first[today + 1] - 1; i >= spells.first[today]; i--) {
          current[spells.slotOf[spells.order[i]]] = before(spells.order[i]);
        }
      }
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
