import {counted, thousandths as shown, significant} from "../../figure/plot/text/format.ts";
import {type ComposeParams, READ} from "./controls.ts";
import type {ComposeResult} from "./readings.ts";

/** A task counts as kept if it loses less than this share of what its own adapter has won. */
const KEPT = 0.2;

export const tasksKept = ({together, own, base}: ComposeResult): number =>
  together.filter((loss, i) => loss - own[i] < KEPT * (base[i] - own[i])).length;

export function wayText({way, weight}: ComposeParams): string {
  if (way === "sum") return "the sum";
  if (way === "factors") return "B₁ + B₂ times A₁ + A₂";
  return `${significant(weight, 2)} ΔW₁ + ${significant(1 - weight, 2)} ΔW₂`;
}

/** Which tasks lose as much as without an adapter: "one task is no" or "neither task is any". */
function noBetter({together, base}: ComposeResult): string | undefined {
  const count = together.filter((loss, i) => loss >= 0.98 * base[i]).length;
  return [undefined, "one task is no", "neither task is any"][count];
}

function meaning(result: ComposeResult, {way}: ComposeParams): string {
  const count = tasksKept(result);
  if (way === "factors") return "the product includes B₁A₂ and B₂A₁, which nobody trained";
  if (count === 2) return "both tasks keep their skill";
  const lost = noBetter(result);
  if (lost) return `${lost} better off than with no adapter`;
  return count === 1 ? "one task keeps its skill and the other gets worse" : "both tasks get worse";
}

export function summary(result: ComposeResult, params: ComposeParams): string {
  const {own, together, base} = result;
  const [one, two] = together.map(shown);
  return `With ${counted(params.shared, "direction")} of ${READ} shared, ${wayText(params)} leaves task 1 a loss of ${one} and task 2 one of ${two}; alone, their own adapters leave ${shown(own[0])} and ${shown(own[1])}, and no adapter ${shown(base[0])} and ${shown(base[1])}. Here ${meaning(result, params)}.`;
}

/** The same for the card. */
export function says(result: ComposeResult, params: ComposeParams): string {
  const {together} = result;
  const losses = `With ${params.shared} of ${READ} directions shared, the losses are ${shown(together[0])} and ${shown(together[1])}`;
  if (params.way === "factors") return `${losses}: the product now includes B₁A₂ and B₂A₁, which nobody trained.`;
  const count = tasksKept(result);
  if (count === 2) return `${losses}: both tasks keep their skill.`;
  const lost = noBetter(result);
  if (lost) return `${losses}: ${lost} better off than with no adapter.`;
  return `${losses}: ${count === 1 ? "one keeps its skill, the other gets worse" : "both get worse"}.`;
}
