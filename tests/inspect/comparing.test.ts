/** A comparison that is left goes on when somebody comes back; one that was stopped can be made again. */
import {parseHTML} from "linkedom";
import {expect, test} from "vitest";
import {comparisonFor} from "../../src/inspect/compareScreen.ts";
import {newState, type ScreenContext} from "../../src/inspect/state.ts";

function roomOf() {
  const {document} = parseHTML("<main></main><p></p>");
  const asked: AbortSignal[] = [];
  const place = {opened: {isTooLarge: false}, verdict: {asked: 0}, modules: new Map([["a", {}]])};
  const state = newState();
  state.places = [place, place] as never;
  const room = {
    state,
    panel: document.querySelector("main")!,
    sentence: document.querySelector("p")!,
    draw() {
      room.leave?.();
      room.leave = undefined;
      room.panel.replaceChildren();
      comparisonFor(room, "Comparing");
    },
    client: {
      ask: (_: string, __: object, {signal}: {signal: AbortSignal}) => {
        asked.push(signal);
        return new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("called off"))));
      },
    },
  } as unknown as ScreenContext;
  const press = (name: string) =>
    [...room.panel.querySelectorAll("button")].find(({textContent}) => textContent === name)!.click();
  return {room, asked, press, settled: () => new Promise((resolve) => setTimeout(resolve))};
}

test("another screen calls it off and leaves nothing behind", async () => {
  const {room, asked, settled} = roomOf();
  room.draw();
  room.leave!();
  await settled();
  expect([asked.length, asked[0]!.aborted, room.state.compared]).toEqual([1, true, undefined]);
});

test("Cancel stops it in words, and it can be made again", async () => {
  const {room, asked, press, settled} = roomOf();
  room.draw();
  press("Cancel");
  await settled();
  expect(room.sentence.textContent).toBe("You stopped the comparison.");
  press("Compare again");
  expect([asked.length, asked[1]!.aborted, room.state.compared]).toEqual([2, false, undefined]);
  expect(room.sentence.textContent).toBe("Reading both…");
});
