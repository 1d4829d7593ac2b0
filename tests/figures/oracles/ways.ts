/** What the figure of three ways must say: their runs made by the tools, and their losses in float64. */
import {languageLoss, type Transformer} from "../../../src/engine/network/transformer.ts";
import type {WaysParams} from "../../../src/figures/ways/model.ts";
import {
  bottlenecks,
  heldOutBatches,
  prefix,
  QUERIES_AND_VALUES,
  sampledWords,
  trainToEnd,
  wordForgeBase,
} from "../../../src/tools/forgeRuns.ts";
import {freshKernels} from "../../../src/tools/loadBase.ts";
import {once} from "./once.ts";
import type {Claims} from "./oracle.ts";

const trained = {prefix, lora: QUERIES_AND_VALUES, layers: bottlenecks} as const;
type Way = keyof typeof trained;
const names = Object.keys(trained) as Way[];
/** Every step at first, then every tenth. */
const steps = Array.from({length: 201}, (_, step) => step).filter((step) => step <= 10 || step % 10 === 0);

const kernels = freshKernels();
const runOf = once((way: Way): Transformer[] => trainToEnd(kernels, trained[way], {}, steps).models);
const modelOf = (way: Way | "before", step: number): Transformer =>
  way === "before" ? wordForgeBase : runOf(way)[steps.indexOf(step)]!;
const doubtOf = once((way: Way | "before", step: number) =>
  Math.exp(languageLoss(modelOf(way, step), heldOutBatches.names)),
);
const wordsOf = once((way: Way | "before", step: number, draw: number) =>
  sampledWords(kernels, modelOf(way, step), 6, draw),
);

export function ways({step, draw}: WaysParams): Claims {
  const at = steps.filter((one) => one <= step).at(-1)!;
  const doubts = names.map((way) => doubtOf(way, at));
  const best = Math.min(...doubts);
  const before = wordsOf("before", 0, draw);
  return {
    summary: [...(step === 200 ? [best, doubts[1]!] : [step, best]), 1024, doubtOf("before", 0), at, ...doubts],
    readouts: [
      ...names.map((way, i) => [
        doubts[i]!,
        wordsOf(way, at, draw).filter((word, n) => word !== before[n]).length,
        before.length,
      ]),
      [1024],
    ],
    caption: [at],
    rows: before.map(() => []),
  };
}
