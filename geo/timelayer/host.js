// The page around the map: it hears of day, place and middle of the map, and answers each message
// with its number; a message that got lost while it was busy is sent again, and so is one that was
// made before the map had heard of the page's newest command, for the page takes no such message.

/** @import { Host } from "./types.d.ts" */

const REPEAT_AFTER = 3000; // ms without an answer, doubled each time
const GIVE_UP = 40000;

/**
 * @param {() => object} message What to say.
 * @returns {Host}
 */
export function makeHost(message) {
  let [sent, heard] = [0, 0];
  /** @type {number | string | undefined} */
  let after; // the newest command
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let repeat;
  // What the page itself asked for is not reported back to it.
  let asked = 0;
  /** @param {number} [wait] */
  function send(wait = REPEAT_AFTER) {
    if (!window.Streamlit || asked) return;
    window.Streamlit.setComponentValue({ number: ++sent, after, ...message() });
    clearTimeout(repeat);
    repeat = setTimeout(() => {
      repeat = undefined;
      if (heard < sent && wait < GIVE_UP) send(2 * wait);
    }, wait);
  }
  return {
    send: () => send(),
    heard: (number, command) => {
      heard = number;
      after = command;
      // It was away for long.
      if (heard < sent && !repeat) send();
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
