/** A comparison that is left goes on when somebody comes back; one that was stopped can be made again. */
import {parseHTML} from "linkedom";
import {expect, test} from "vitest";
import {comparisonFor} from "../../src/inspect/compareScreen.ts";
import {newState, type ScreenContext} from "../../src/inspect/state.ts";

function screenOf() {
  const {document} = parseHTML("<main></main><p></p>");
  const asked: AbortSignal[] = [];
  const place = {opened: {isTooLarge: false}, verdict: {withoutAlpha: 0}, modules: new Map([["a", {}]])};
  const state = newState();
  state.adapters = [place, place] as never;
  const screen = {
    state,
    panel: document.querySelector("main")!,
    sentence: document.querySelector("p")!,
    draw() {
      screen.onLeave?.();
      screen.onLeave = undefined;
      screen.panel.replaceChildren();
      comparisonFor(screen, "Comparing");
    },
    client: {
      ask: (_: string, __: object, {signal}: {signal: AbortSignal}) => {
        asked.push(signal);
        return new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("called off"))));
      },
    },
  } as unknown as ScreenContext;
  const press = (name: string) =>
    [...screen.panel.querySelectorAll("button")].find(({textContent}) => textContent === name)!.click();
  return {screen, asked, press, settled: () => new Promise((resolve) => setTimeout(resolve))};
}

test("another screen calls it off and leaves nothing behind", async () => {
  const {screen, asked, settled} = screenOf();
  screen.draw();
  screen.onLeave!();
  await settled();
  expect([asked.length, asked[0]!.aborted, screen.state.compared]).toEqual([1, true, undefined]);
});

test("Cancel stops it in words, and it can be made again", async () => {
  const {screen, asked, press, settled} = screenOf();
  screen.draw();
  press("Cancel");
  await settled();
  expect(screen.sentence.textContent).toBe("You stopped the comparison.");
  press("Compare again");
  expect([asked.length, asked[1]!.aborted, screen.state.compared]).toEqual([2, false, undefined]);
  expect(screen.sentence.textContent).toBe("Reading both…");
});
