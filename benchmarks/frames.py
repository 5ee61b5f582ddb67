"""The frames of a time, with what each step costs in script: the same loop for every benchmark."""

from __future__ import annotations


def frames_of(step: str, *, ms: int = 10_000) -> str:
    """Write the JavaScript that takes a step a frame and gives `{frames, script, busy}`, in ms.

    Busy is what the page's main thread takes from a step until it has been drawn.

    Parameters
    ----------
    step
        A function expression of `input`, which the page is given, that returns the step: a
        function of how far the time has gone, from 0 to 1.
    ms
        How long.
    """
    return f"""async (input) => {{
  const step = ({step})(input);
  const [frames, script, busy] = [[], [], []];
  const drawn = () => new Promise((done) => {{
    const {{ port1, port2 }} = new MessageChannel();
    port1.onmessage = done;
    port2.postMessage(0); // heard once this frame is drawn
  }});
  const began = await new Promise(requestAnimationFrame);
  for (let before = began; before - began < {ms}; ) {{
    const start = performance.now();
    step((before - began) / {ms});
    script.push(performance.now() - start);
    await drawn();
    busy.push(performance.now() - start);
    const now = await new Promise(requestAnimationFrame);
    frames.push(now - before);
    before = now;
  }}
  return {{ frames, script, busy }};
}}"""
