import {expect, test} from "vitest";
import {type Moment, timeline} from "../../../../src/figures/family/drawing/timeline.ts";
import {emptyRoot} from "../../promises/stage.ts";

const moments: readonly Moment[] = [
  {name: "a", year: 2021, title: "A", aside: "first", isShown: true},
  {name: "b", year: 2023, title: "B", aside: "second", isShown: false},
  {name: "c", year: 2023, title: "C", aside: "third", isShown: true},
];

function draw(at: string, onPick: (name: string) => void = () => {}, root = emptyRoot()) {
  timeline(root, moments, {label: "Works", at, onPick});
  return root;
}
const buttons = (root: Element) => [...root.querySelectorAll("button")];

test("a year is said once, and a moment that is only described looks so", () => {
  const root = draw("b");
  expect([...root.querySelectorAll(".year")].map((node) => node.textContent)).toEqual(["2021", "2023", ""]);
  expect([...root.querySelectorAll("li")].map((node) => node.getAttribute("class"))).toEqual([
    "moment shown",
    "moment at",
    "moment shown",
  ]);
});

test("the chosen one is pressed and the only tab stop; a press picks", () => {
  const picked: string[] = [];
  const root = draw("b", (name) => picked.push(name));
  expect(buttons(root).map((button) => button.getAttribute("aria-pressed"))).toEqual(["false", "true", "false"]);
  expect(buttons(root).map((button) => button.getAttribute("tabindex"))).toEqual(["-1", "0", "-1"]);
  expect(buttons(root)[1]!.getAttribute("aria-label")).toBe("B, second");
  buttons(root)[2]!.click();
  expect(picked).toEqual(["c"]);
});

test("arrow keys go round", () => {
  const picked: string[] = [];
  const root = draw("a", (name) => picked.push(name));
  const press = (from: number, key: string) => {
    const event = new (root.ownerDocument.defaultView as unknown as typeof globalThis).Event("keydown", {
      bubbles: true,
      cancelable: true,
    });
    Object.assign(event, {key});
    buttons(root)[from]!.dispatchEvent(event);
  };
  press(0, "ArrowDown");
  press(0, "ArrowUp");
  press(1, "Home");
  expect(picked).toEqual(["b", "c"]);
});
