/** What is said of alpha and scale: both, with the place they come from. */
import {expect, test} from "vitest";
import {healthOf, summarize} from "../../../../src/engine/adapters/inspect/health.ts";
import type {ScaleChoice} from "../../../../src/engine/adapters/inspect/scales.ts";
import {findings} from "./fixture.ts";
import {configOf, openedOf, pairsOf, type Tensors} from "./made.ts";

const PAIRS = pairsOf(["h.0.q", "h.0.v", "h.1.q"]);

interface Said {
  config?: object;
  tensors?: Tensors;
  choice?: ScaleChoice;
}
async function saidOf({config, tensors = PAIRS, choice}: Said) {
  const adapter = await openedOf(tensors, config && configOf(config));
  const summary = summarize(adapter, await findings(adapter, choice));
  const [line] = summary.scales.lines;
  return {
    says: line?.says,
    where: line?.where,
    check: healthOf(adapter, summary).find(({id}) => id === "alpha")!.sentence,
  };
}

test.each<[string, Said, string]>([
  ["one alpha, beside the scale", {config: {lora_alpha: 8}}, "α = 8, r = 2, so the scale is α / r = 4"],
  [
    "rsLoRA, which divides by √r",
    {config: {r: 4, lora_alpha: 8, use_rslora: true}, tensors: pairsOf(["h.0.q"], 4)},
    "α = 8, r = 4, so the scale is α / √r = 4",
  ],
  ["an alpha of one's own", {choice: {alpha: 32}}, "α = 32, r = 2, so the scale is α / r = 16"],
  ["a scale of one's own", {choice: {scale: 0.5}}, "Scale 0.5"],
  [
    "another alpha of alpha_pattern, with its module",
    {config: {lora_alpha: 8, alpha_pattern: {"h.1.q": 16}}},
    "Scale 4 (α = 8, r = 2) for 2 of 3 modules; 8 (α = 16, r = 2) for h.1.q",
  ],
  [
    "stacked experts, by their parameter's pattern, as PEFT looks them up",
    {
      config: {target_parameters: ["mlp.experts.down_proj"], lora_alpha: 2, alpha_pattern: {"experts.down_proj": 12}},
      tensors: pairsOf(["h.0.mlp.experts"], 6),
    },
    "α = 12, r = 2, so the scale is α / r = 6",
  ],
  [
    "one scale of several alphas and ranks, once",
    {
      config: {lora_alpha: 8, rank_pattern: {"h.1.q": 4}, alpha_pattern: {"h.1.q": 16}},
      tensors: {...pairsOf(["h.0.q"]), ...pairsOf(["h.1.q"], 4)},
    },
    "Scale α / r = 4, with α and r that differ by module",
  ],
])("%s", async (_, given, due) => expect((await saidOf(given)).says).toBe(due));

test("it is said where alpha comes from", async () => {
  const {where, check} = await saidOf({config: {lora_alpha: 8}});
  expect([where, check]).toEqual([
    "adapter_config.json",
    "α = 8, r = 2, so the scale is α / r = 4 (adapter_config.json)",
  ]);
  expect((await saidOf({choice: {alpha: 32}})).where).toBe("your choice");
});

test("without a scale in sight the config's alpha is said all the same", async () => {
  const tensors = {
    "base_model.model.h.0.q.lora_A.weight": [[2, 5], Number.NaN],
    "base_model.model.h.0.q.lora_B.weight": [[6, 2], 1],
  } as const;
  const {check} = await saidOf({config: {lora_alpha: 32}, tensors});
  expect(check).toContain("α = 32, r = 2, so the scale is α / r = 16");
});
