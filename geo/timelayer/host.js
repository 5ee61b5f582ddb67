// The page around the map: it hears of day, place and middle of the map, and answers each message
// with its number; a message that got lost while it was busy is sent again.

const REPEAT_AFTER = 3000; // ms without an answer, doubled each time
const GIVE_UP = 40000;

// message(): what to say.
export function makeHost(message) {
  let [sent, heardOf, repeat] = [0, 0, undefined];
  let asked = 0; // what the page itself asked for is not reported back to it
  function send(wait = REPEAT_AFTER) {
    if (!window.Streamlit || asked) return;
    sent += 1;
    window.Streamlit.setComponentValue({ number: sent, ...message() });
    clearTimeout(repeat);
    repeat = setTimeout(() => { if (heardOf < sent && wait < GIVE_UP) send(2 * wait); }, wait);
  }
  return {
    send: () => send(),
    heard: (number) => { heardOf = number; },
    quiet: () => asked > 0,
    // Act without telling the page.
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
