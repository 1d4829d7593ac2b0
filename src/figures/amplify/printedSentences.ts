import {fixed} from "../../figure/plot/text/format.ts";
import type {AmplifyParams} from "./controls.ts";
import {normReach} from "./equalized.ts";
import type {Norms} from "./norms.ts";
import {FACTORS, normText, printedNorms} from "./printed.ts";

/** The half of Table 7 that is shown. */
export const half = ({printed: rank}: AmplifyParams): Norms => printedNorms.find((one) => one.rank === Number(rank))!;

export const sixteen = ({onDelta, onRandom}: Norms): string => `${Math.round(onDelta / onRandom)} times`;

/** "6.6–7.2": what the norm between the directions of ΔW can be, since norms do not add. */
export function reachText(norms: Norms, strength: number): string {
  const {low, high} = normReach(norms, strength / 100);
  const text = (x: number) => fixed(x, low < 1 ? 2 : 1);
  return `${text(low)}–${text(high)}`;
}

export function printedSays(params: AmplifyParams): string {
  const norms = half(params);
  const {rank, onDelta, onOwn, delta} = norms;
  const {strength} = params;
  if (strength === 0)
    return `Without ΔW, W₀ has ${normText(onDelta)} in these ${rank} directions: ${sixteen(norms)} as much as in random ones, far below the ${normText(onOwn)} in its own.`;
  if (strength < 100)
    return `With ${strength}% of ΔW, the norm in its ${rank} directions is ${reachText(norms, strength).replace("–", " to ")}. W₀ alone has ${normText(onDelta)}.`;
  return rank === 4
    ? `W₀ is loud in its own directions (${normText(onOwn)}) and nearly silent in ΔW’s four (${normText(onDelta)}). There ΔW has ${normText(delta)}, ${FACTORS[rank]!.said} times as much.`
    : `Where ΔW’s 64 directions are, W₀ already has norm ${normText(onDelta)}, and ΔW has ${normText(delta)}, only ${FACTORS[rank]!.said} times as much.`;
}

/** What the two buttons play, in words. */
export function heard(norms: Norms, strength: number): string {
  const {onDelta, onOwn, onRandom} = norms;
  const {middle} = normReach(norms, strength / 100);
  return `a low tone as strong as ${normText(onOwn)}, a middle one of ${normText(onDelta)} that ${middle > onDelta ? "ΔW raises to" : "stays at"} ${normText(middle)}, and a high one of ${normText(onRandom)}`;
}
