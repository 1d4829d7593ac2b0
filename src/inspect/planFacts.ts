/** The facts of an export before it is written: file, size, names, formats, ranks. */
import {make} from "../figure/makeElement.ts";
import {counted, whole} from "../figure/plot/text/format.ts";
import {capitalUnlessName} from "./format.ts";
import {factList} from "./parts.ts";
import type {PlanView} from "./protocol.ts";

/** Draws the facts; `sizes` is the size of the weights' file in words. */
export function planFacts(root: Element, plan: PlanView, sizes: string): void {
  const {name, hasConfig, tensors, example, dtypes, modules, ranks, notes, changes} = plan;
  const [least, most] = ranks;
  factList(root, [
    ["File", name, hasConfig ? "and adapter_config.json beside it" : "alone: its readers want no config"],
    ["Size", sizes],
    ["Names", counted(tensors, "tensor"), `such as ${example}`],
    ["Stored as", dtypes.map(([dtype, count]) => `${dtype} (${whole(count)})`).join(", ")],
    ["Modules", whole(modules), least === most ? `rank ${most} everywhere` : `ranks ${least} to ${most}`],
    ...(changes ? [["Config", changes] as [string, string]] : []),
  ]);
  for (const note of notes) make(root, "p", "inspect-aside", `${capitalUnlessName(note)}.`);
}
