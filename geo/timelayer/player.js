// Plays the days one after the other, as fast as the reader chose.

/** @import { Player, PlayerParts } from "./types.d.ts" */

/**
 * @param {PlayerParts} parts
 * @returns {Player}
 */
export function makePlayer({ speed, move, ended, shown, last }) {
  let frame = 0;
  const pause = () => {
    if (!frame) return;
    cancelAnimationFrame(frame);
    frame = 0;
    shown(false);
    ended();
  };
  return {
    playing: () => frame !== 0,
    pause,
    play(from) {
      if (frame) return;
      let day = from >= last ? 0 : from;
      /** @type {number | undefined} */
      let before;
      /** @type {FrameRequestCallback} */
      const tick = (now) => {
        day = Math.min(last, day + ((now - (before ?? now)) / 1000) * speed());
        before = now;
        move(Math.floor(day));
        if (day >= last) pause();
        else frame = requestAnimationFrame(tick);
      };
      frame = requestAnimationFrame(tick);
      shown(true);
    },
  };
}
