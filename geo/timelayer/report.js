// Where an error in a statement is reported: by mail or at a tracker, whose address the server
// gives with gaps for the statement, the ledger and the view; see `report_template` in geo/cite.py.

import { make } from "./dom.js";

/** @import { Days, Payload, ReportOf, ReportParts, State } from "./types.d.ts" */

/**
 * Gives what makes the link of a statement; null where errors are reported nowhere.
 * @param {string | undefined} template
 * @param {ReportParts} parts
 * @returns {ReportOf}
 */
export function makeReport(template, { version, view, text }) {
  if (!template || !/^(https?:\/\/|mailto:)/i.test(template)) return () => null;
  /** @param {string} claim */
  const address = (claim) => {
    /** @type {Record<string, string>} */
    const told = { claim_id: claim, version, view: view() };
    return template.replace(/\{(claim_id|version|view)\}/g, (_, gap) =>
      encodeURIComponent(told[gap]),
    );
  };
  return (claim) => {
    const beside = { target: "_blank", rel: "noopener noreferrer" };
    const link = make("a", "fl-link", { href: address(claim), ...beside }, text);
    link.addEventListener("click", () => {
      link.href = address(claim); // the day may have moved since it was made
    });
    return link;
  };
}

/**
 * The address of what is shown, after that of the page; what is as usual is left out.
 * @param {State} state
 * @param {Payload} payload
 * @param {Days} days
 */
export function viewAddress({ day, place, clock, view, within }, { places, style }, days) {
  const told = new URLSearchParams({ date: days.iso(day) });
  if (place >= 0) told.set("place", places.id[place]);
  if (clock !== "then") told.set("clock", clock);
  if (view !== "all") told.set("view", view);
  if (within !== style.within) told.set("within", Number.isFinite(within) ? String(within) : "any");
  return `?${told}`;
}
