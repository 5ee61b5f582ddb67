// Runs in the map's frame: moves the day at each display frame and times script and frames.
async ({ days, seconds }) => {
  await frontline.ready;
  const first = Date.parse("2022-02-24T00:00:00Z") / 86400000;
  const isoOf = (day) => new Date((first + day) * 86400000).toISOString().slice(0, 10);
  const script = [];
  const frames = [];
  let before = await new Promise(requestAnimationFrame);
  const began = before;
  while (before - began < seconds * 1000) {
    const day = Math.floor(((before - began) / (seconds * 1000)) * days);
    const start = performance.now();
    frontline.setDate(isoOf(day));
    script.push(performance.now() - start);
    const now = await new Promise(requestAnimationFrame);
    frames.push(now - before);
    before = now;
  }
  return { script, frames };
};
