import {vi} from "vitest";

/** Stands in for the browser's frames from now on: they wait until the test draws those that are due, which it gives. */
export function heldFrames(): {draw: () => void} {
  const frames = new Map<number, () => void>();
  let serial = 0;
  vi.stubGlobal("requestAnimationFrame", (slice: () => void) => {
    frames.set(++serial, slice);
    return serial;
  });
  vi.stubGlobal("cancelAnimationFrame", (id: number) => frames.delete(id));
  return {
    draw() {
      const due = [...frames.values()];
      frames.clear();
      for (const one of due) one();
    },
  };
}
