import {parseHTML} from "linkedom";
import {afterEach, expect, test, vi} from "vitest";
import {range} from "../../../src/figure/controls.ts";
import {pack} from "../../../src/figure/state/packed.ts";
import {startState} from "../../../src/figure/state/startState.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

const controls = {
  r: range(["Rank"], {min: 0, max: 48, value: 4}),
  alpha: range(["Alpha"], {min: 1, max: 64, value: 16}),
};
function of(attributes: string, search: string, place: Parameters<typeof startState>[2]) {
  vi.stubGlobal("location", {search});
  const host = parseHTML(`<lora-widget ${attributes}></lora-widget>`).document.querySelector("lora-widget")!;
  return startState(host, {controls}, place);
}
const page = {isAddressed: true};
const frame = {isAddressed: true, isFramed: true};

test("Reset leads to what a page wrote, and in a frame to what its address says too", async () => {
  const address = "?alpha=32&theme=dark";
  const [own, framed] = [of('r="8"', address, page), of('r="8"', address, frame)];
  expect([own.initial, framed.initial]).toEqual([
    {r: 8, alpha: 16},
    {r: 8, alpha: 32},
  ]);
  for (const {addressState, raw} of [own, framed]) {
    expect(addressState).toEqual({r: 8, alpha: 32});
    expect(raw).toMatchObject({r: "8", alpha: "32", theme: "dark"});
  }
  expect(of("", `?s=${pack({alpha: 48})}&r=2`, frame).initial).toEqual({r: 2, alpha: 48});
});

test("the form stays as it is when the address asks for nothing, or belongs to a page that is not the figure's", async () => {
  expect(of("", "?theme=dark&r=4", frame).addressState).toBeUndefined();
  const foreign = of('r="8"', "?r=2", {isAddressed: false});
  expect([foreign.initial.r, foreign.addressState]).toEqual([8, undefined]);
});

test("a value that cannot be taken is noted once, whether it came in an attribute or in the address", async () => {
  const {notes} = of('r="99"', "?alpha=99&s=no", frame);
  expect(notes).toEqual([
    expect.stringMatching(/^r should be/),
    expect.stringMatching(/^The state in s could not be read/),
    expect.stringMatching(/^alpha should be/),
  ]);
});
