import {expect, test} from "vitest";
import {withPowers} from "../../../src/figures/text/powers.ts";
import {emptyRoot} from "../../widgets/promises/stage.ts";

test("a power is raised by the page, not by the font, and is written once", () => {
  const root = emptyRoot();
  withPowers(root, "4.4 × 10⁻¹⁶");
  expect(root.innerHTML).toBe("4.4 × 10<sup>−16</sup>");
  const sup = root.querySelector("sup");
  withPowers(root, "4.4 × 10⁻¹⁶");
  expect(root.querySelector("sup")).toBe(sup);
  withPowers(root, "0.5");
  expect(root.innerHTML).toBe("0.5");
});
