// Where data comes from: the server's files, or blocks of the saved page.

/** @import { Texts } from "./types.d.ts" */

/**
 * A source is an address, or "#id" of a JSON block in the same document (the saved page).
 * @param {string} source
 * @returns {Promise<any>}
 */
export async function readSource(source) {
  if (source.startsWith("#")) {
    return JSON.parse(document.getElementById(source.slice(1))?.textContent ?? "");
  }
  let answer = await fetch(source, { cache: "force-cache" }); // names carry a hash of the content
  // That it is not there is kept as well.
  if (!answer.ok) answer = await fetch(source, { cache: "reload" });
  if (!answer.ok) throw new Error(`${source}: ${answer.status}`);
  return answer.json();
}

/**
 * Summaries and links come in pieces, fetched when a place of theirs is opened.
 * @param {string[]} sources
 * @param {number} chunk
 * @param {() => void} arrived
 * @returns {Texts}
 */
export function makeTexts(sources, chunk, arrived) {
  /** @type {Map<number, { outlet: string[], url: string[] } | null>} */
  const pieces = new Map();
  /** @type {Texts["want"]} */
  const want = (claim) => {
    const number = Math.floor(claim / chunk);
    if (pieces.has(number) || !sources[number]) return;
    pieces.set(number, null);
    readSource(sources[number]).then(
      (piece) => {
        pieces.set(number, piece);
        arrived();
      },
      () => pieces.delete(number), // asked for again when the place is opened again
    );
  };
  return {
    want,
    get(claim) {
      const piece = pieces.get(Math.floor(claim / chunk));
      if (!piece) want(claim);
      const at = claim % chunk;
      return piece ? { outlet: piece.outlet[at], url: piece.url[at] } : {};
    },
  };
}
