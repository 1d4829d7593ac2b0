import {describe, expect, test} from "vitest";
import numbers from "../../../content/paper/numbers.json" with {type: "json"};
import {widgetWithModel} from "../../../src/figure/runs/withModel.ts";
import {FACTORS, printedNorms} from "../../../src/figures/amplify/readings.ts";
import {emptyRoot, show, through} from "../promises/stage.ts";

const w = await widgetWithModel("amplify");
const drawn = (raw: Readonly<Record<string, unknown>>) => {
  const root = emptyRoot();
  show(root, w, through(w, {norms: "paper", ...raw}), "card");
  return root;
};
const texts = (root: Element, selector: string) =>
  [...root.querySelectorAll(`.chart.wide ${selector}`)].map((one) => one.textContent);

describe("the paper's norms", () => {
  test("have the factors that the paper prints", () => {
    for (const {rank, factor} of printedNorms) {
      const of = numbers.find(({id}) => id === `amplification-r${rank}`)!;
      expect(FACTORS[rank]!.value).toBe(of.value);
      expect(FACTORS[rank]!.text).toMatch(new RegExp(`${of.value}$`));
      expect(factor).toBeCloseTo(of.exactFromRounded!, 6);
    }
  });

  test("are written below their faders; in ΔW’s directions the larger of W₀ and ΔW is shown", () => {
    expect(texts(drawn({}), ".faders .norm")).toEqual(["21.67", "0.32 → 6.91", "0.02"]);
    expect(texts(drawn({printed: "64"}), ".faders .norm")).toEqual(["37.71", "1.90 → 3.57", "0.33"]);
    expect(texts(drawn({strength: 0}), ".faders .norm")[1]).toBe("0.32");
  });

  test("have one loud number, the paper's own factor, which falls with ΔW and is gone without it", () => {
    const answer = (raw: Record<string, unknown>) => texts(drawn(raw), ".faders .answer");
    expect([answer({}), answer({printed: "64"}), answer({strength: 50}), answer({strength: 0})]).toEqual([
      ["21.5×"],
      ["2×"],
      ["10.8×"],
      [],
    ]);
  });

  test("are fader levels on a linear scale: their heights are to each other as the norms", () => {
    const bars = [...drawn({}).querySelectorAll(".chart.wide .faders")].map((group) => {
      const ends = ["base", "added"].flatMap(
        (name) =>
          group
            .querySelector(`.${name}`)!
            .getAttribute("d")!
            .match(/[\d.]+/g) ?? [],
      );
      return Number(ends[1]) - Number(ends.at(-1));
    });
    const [own, delta, random] = bars as [number, number, number];
    expect(delta / own).toBeCloseTo(6.91 / 21.67, 2);
    expect(random / own).toBeCloseTo(0.02 / 21.67, 2);
  });

  test("need no run", () => {
    expect(w.runs!.of(through(w, {norms: "paper"}))).toEqual([]);
    expect(w.runs!.of(through(w))).toHaveLength(1);
  });

  test("have one fader that can be dragged, ΔW's", () => {
    const root = drawn({});
    expect(root.querySelectorAll(".chart.wide .faders .field")).toHaveLength(1);
    expect(root.querySelector(".chart.wide .faders[data-tone=dw] .field")).not.toBeNull();
  });
});
