import {expect, test} from "vitest";
import {still} from "../../src/shell/figure/prerender.ts";
import {drawHero, STEPS} from "../../src/widgets/hero/draw.ts";
import {factorsOfHero, RANK, SIDE, sums} from "../../src/widgets/hero/model.ts";
import {distanceTo, productOf, singularValues} from "./oracles/exact.ts";
import {written} from "./promises/golden.ts";
import {emptyRoot, nodesOf} from "./promises/stage.ts";

const factors = factorsOfHero();
const zeros = () => Array.from({length: SIDE}, () => new Array<number>(SIDE).fill(0));

const stage = () => {
  const root = emptyRoot();
  root.innerHTML = '<div class="picture"></div>';
  return {root, picture: root.firstElementChild!};
};

test("its update is four outer products with the spectrum it was given", () => {
  const {B, A} = factors;
  expect([B.rows, B.cols, A.rows, A.cols]).toEqual([SIDE, RANK, RANK, SIDE]);
  const all = sums(factors);
  expect(all).toHaveLength(RANK + 1);
  const spectrum = singularValues(all[RANK]!);
  for (const [i, sigma] of [1, 0.75, 0.55, 0.4].entries()) expect(spectrum[i]).toBeCloseTo(sigma, 10);
  for (const sigma of spectrum.slice(RANK)) expect(sigma).toBeLessThan(1e-7);
});

test("each step lays one more on top, and its rank is their number", () => {
  for (const [step, sum] of sums(factors).entries()) {
    expect(distanceTo(sum, step ? productOf(factors.B, factors.A, step) : zeros())).toBeLessThan(1e-12);
    expect(singularValues(sum).filter((sigma) => sigma > 1e-6)).toHaveLength(step);
  }
});

test("its first frame is the finished update, and drawing it again makes no node", () => {
  const {root, picture} = stage();
  root.innerHTML = still((one) => drawHero(one, STEPS));
  const [html, nodes] = [root.innerHTML, nodesOf(root)];
  drawHero(root.querySelector(".picture")!, STEPS);
  expect(root.innerHTML).toBe(html);
  expect(nodesOf(root).every((node, i) => node === nodes[i])).toBe(true);
  expect(picture.isConnected).toBe(false);
});

test("every step follows from itself alone, and says in words what it shows", () => {
  const {root, picture} = stage();
  for (const step of [4, 0, 2, 1, 3, 0, 4]) {
    drawHero(picture, step);
    const fresh = stage();
    drawHero(fresh.picture, step);
    expect(written(root)).toBe(written(fresh.root));
    expect(picture.querySelectorAll("[data-summed]")).toHaveLength(step);
    expect([...picture.children].every((part) => part.getAttribute("aria-hidden") === "true")).toBe(true);
    expect(picture.getAttribute("aria-label")).toBe(
      `${step} of 4 outer products of a column and a row, summed to an update of rank ${step}`,
    );
    expect(picture.querySelector(".total .label")!.textContent).toBe(step ? `ΔW rank ${step}` : "ΔW = 0");
  }
});

test("its caption counts what is stored", () => {
  const {root, picture} = stage();
  drawHero(picture, 4);
  const caption = root.querySelector(".caption")!.textContent;
  expect(caption).toContain(`${RANK * (SIDE + SIDE)} numbers instead of ${(SIDE * SIDE).toLocaleString("en-US")}`);
  expect(caption).toMatch(/^live · seed \d+ /);
});
