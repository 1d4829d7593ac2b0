import {expect, test} from "vitest";
import {defaults} from "../../src/figure/controls.ts";
import {compute, controls, SCALE, SIDE} from "../../src/figures/addition/model.ts";
import w from "../../src/figures/addition/widget.ts";
import {emptyRoot, nobody} from "./promises/stage.ts";

const usual = defaults(controls);

test("merged, every output is what it was side by side", () => {
  for (const word of ["anna", "emilia", "john"] as const)
    for (let letter = 1; letter <= word.length; letter++) {
      const {W0, A, B, x, h} = compute({...usual, word, letter});
      for (let i = 0; i < SIDE; i++) {
        const merged = x.reduce((sum, value, j) => sum + (W0[SIDE * i + j]! + SCALE * B[i]! * A[j]!) * value, 0);
        expect(merged).toBeCloseTo(h[i]!, 12);
      }
    }
});

test("before the first step B is zero and pushes nothing; after it B has moved and A has not", () => {
  const [start, first] = (["0", "1"] as const).map((step) => compute({...usual, phase: "training", step}));
  expect([...start!.push].every((value) => value === 0)).toBe(true);
  expect([...first!.B].every((value) => value !== 0)).toBe(true);
  expect(first!.A).toEqual(start!.A);
});

test("a pressed letter is read, and its button is the one that is pressed", () => {
  const root = emptyRoot();
  const asked: object[] = [];
  const act = {...nobody, set: (values: object) => void asked.push(values)};
  w.draw(root, compute(usual), usual, act, {size: "card"});
  const buttons = [...root.querySelectorAll(".presses button")];
  expect(buttons.map((one) => one.textContent).join("")).toBe("anna");
  expect(buttons.map((one) => one.getAttribute("aria-pressed"))).toEqual(["false", "false", "false", "true"]);
  const {Event} = root.ownerDocument.defaultView!;
  buttons[1]!.dispatchEvent(Object.assign(new Event("click"), {detail: 1}));
  expect(asked).toEqual([{letter: 2}]);
});
