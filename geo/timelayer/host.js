// The page around the map: it hears of day, place and middle of the map, and answers each message
// with its number; a message that got lost while it was busy is sent again.

/** @import { Host } from "./types.d.ts" */

const REPEAT_AFTER = 3000; // ms without an answer, doubled each time
const GIVE_UP = 40000;

/**
 * @param {() => object} message What to say.
 * @returns {Host}
 */
export function makeHost(message) {
  let [sent, heardOf] = [0, 0];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let repeat;
  let asked = 0; // what the page itself asked for is not reported back to it
  /** @param {number} [wait] */
  function send(wait = REPEAT_AFTER) {
    if (!window.Streamlit || asked) return;
    sent += 1;
    window.Streamlit.setComponentValue({ number: sent, ...message() });
    clearTimeout(repeat);
    repeat = setTimeout(() => {
      if (heardOf < sent && wait < GIVE_UP) send(2 * wait);
    }, wait);
  }
  return {
    send: () => send(),
    heard: (number) => {
      heardOf = number;
    },
    quiet: () => asked > 0,
    quietly(act) {
      asked++;
      try {
        act();
      } finally {
        asked--;
      }
    },
  };
}
