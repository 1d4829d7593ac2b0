/** What is said of alpha and scale: both, with the place they come from. */
import {expect, test} from "vitest";
import {healthOf, summarize} from "../../../../src/engine/adapters/inspect/health.ts";
import type {ScaleChoice} from "../../../../src/engine/adapters/inspect/scales.ts";
import {findings} from "./fixture.ts";
import {configOf, openedOf, pairsOf, type Tensors} from "./made.ts";

const MODULES = ["h.0.q", "h.0.v", "h.1.q"];

async function saidOf(config: string | undefined, tensors: Tensors = pairsOf(MODULES), choice?: ScaleChoice) {
  const adapter = await openedOf(tensors, config);
  const summary = summarize(adapter, await findings(adapter, choice));
  const [line] = summary.scales.lines;
  return {
    says: line?.says,
    where: line?.where,
    check: healthOf(adapter, summary).find(({id}) => id === "alpha")!.sentence,
  };
}

test("alpha is said beside the scale, and that the config has it", async () => {
  const {says, where, check} = await saidOf(configOf({lora_alpha: 8}));
  expect([says, where]).toEqual(["α = 8, r = 2, so the scale is α / r = 4", "adapter_config.json"]);
  expect(check).toBe("α = 8, r = 2, so the scale is α / r = 4 (adapter_config.json)");
});

test("rsLoRA divides by √r, and that is said", async () => {
  const {says} = await saidOf(configOf({r: 4, lora_alpha: 8, use_rslora: true}), pairsOf(MODULES, 4));
  expect(says).toBe("α = 8, r = 4, so the scale is α / √r = 4");
});

test("an alpha of one's own is said as chosen", async () => {
  const {says, where} = await saidOf(undefined, pairsOf(MODULES), {alpha: 32});
  expect([says, where]).toEqual(["α = 32, r = 2, so the scale is α / r = 16", "your choice"]);
  expect((await saidOf(undefined, pairsOf(MODULES), {scale: 0.5})).says).toBe("Scale 0.5");
});

test("another alpha of alpha_pattern is said with its module", async () => {
  const {says} = await saidOf(configOf({lora_alpha: 8, alpha_pattern: {"h.1.q": 16}}));
  expect(says).toBe("Scale 4 (α = 8, r = 2) for 2 of 3 modules; 8 (α = 16, r = 2) for h.1.q");
});

test("stacked experts have the alpha of their parameter's pattern, as PEFT looks them up", async () => {
  const config = {
    target_parameters: ["mlp.experts.down_proj"],
    lora_alpha: 2,
    alpha_pattern: {"experts.down_proj": 12},
  };
  const {says} = await saidOf(configOf(config), pairsOf(["h.0.mlp.experts"], 6));
  expect(says).toBe("α = 12, r = 2, so the scale is α / r = 6");
});

test("one scale of several alphas and ranks is said once", async () => {
  const tensors = {...pairsOf(["h.0.q"]), ...pairsOf(["h.1.q"], 4)};
  const {says} = await saidOf(
    configOf({lora_alpha: 8, rank_pattern: {"h.1.q": 4}, alpha_pattern: {"h.1.q": 16}}),
    tensors,
  );
  expect(says).toBe("Scale α / r = 4, with α and r that differ by module");
});

test("without a scale in sight the config's alpha is said all the same", async () => {
  const tensors = {
    "base_model.model.h.0.q.lora_A.weight": [[2, 5], Number.NaN],
    "base_model.model.h.0.q.lora_B.weight": [[6, 2], 1],
  } as const;
  expect((await saidOf(configOf({lora_alpha: 32}), tensors)).check).toContain(
    "α = 32, r = 2, so the scale is α / r = 16",
  );
});
