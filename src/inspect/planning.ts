/** What an export would write and what it would lose, before any file is made. */

import {strengthsOf} from "../engine/adapters/inspect/loading/strength.ts";
import type {OpenedAdapter} from "../engine/adapters/inspect/open.ts";
import {planOf} from "../engine/adapters/inspect/plan.ts";
import {isPeftFile} from "../engine/adapters/inspect/takeHome.ts";
import type {Comparing} from "./comparing.ts";
import {cutError} from "./cutting.ts";
import {changeOf, writeOptions} from "./exporting.ts";
import {short} from "./format.ts";
import type {PlanView, Requests} from "./protocol.ts";
import type {Session} from "./session.ts";

/** Names, formats and sizes of the files, from headers alone. Throws the errors that writing would throw. */
export function planExport(session: Session, request: Requests["plan"]["request"]): PlanView {
  const {slot, as} = request;
  const {adapter} = session.at(slot);
  const {tensors, bytes, ranks, notes} = planOf(adapter, changeOf(session, request), {
    ...writeOptions(request),
    without: session.unusable(slot),
  });
  const counts = new Map<string, number>();
  for (const {dtype} of tensors.values()) counts.set(dtype, (counts.get(dtype) ?? 0) + 1);
  const isPeft = isPeftFile(adapter, as);
  const most = ranks.reduce((a, b) => Math.max(a, b));
  const changes =
    request.oneRank && isPeft && request.change.kind === "none" ? configChanges(adapter, most) : undefined;
  return {
    name: isPeft ? "adapter_model.safetensors" : "adapter.safetensors",
    hasConfig: isPeft,
    bytes,
    tensors: tensors.size,
    example: [...tensors.keys()].find((name) => /lora/i.test(name)) ?? tensors.keys().next().value ?? "",
    dtypes: [...counts].sort(([, a], [, b]) => b - a),
    modules: ranks.length,
    ranks: [ranks.reduce((a, b) => Math.min(a, b)), most],
    ...(changes && {changes}),
    notes,
  };
}

/** What exporting with one rank and one scale changes in PEFT's config, old → new; undefined for nothing, or without such a config. */
function configChanges(adapter: OpenedAdapter, r: number): string | undefined {
  if (adapter.config?.kind !== "PEFT") return undefined;
  const old = adapter.config.config;
  const scales = strengthsOf(adapter).map(({trained}) => trained);
  const [scale] = scales;
  const isOne = scales.every((one) => Math.abs(one / scale! - 1) < 1e-9);
  const alpha = isOne ? short(scale! * r, 6) : "that of the scale with the smallest error";
  const changes = [
    old.r !== r && `r ${old.r} → ${r}`,
    (!isOne || Number(alpha) !== old.lora_alpha) && `lora_alpha ${short(old.lora_alpha, 6)} → ${alpha}`,
    old.rank_pattern.size > 0 && "rank_pattern → {}",
    old.alpha_pattern.size > 0 && "alpha_pattern → {}",
    old.use_rslora && "use_rslora → false",
  ].filter((change) => change !== false);
  return changes.length > 0 ? changes.join(", ") : undefined;
}

/** What a cut would change, ‖ΔW − ΔW′‖ / ‖ΔW‖; undefined where only writing can tell. */
export async function* exportErrorOf(
  session: Session,
  comparing: Comparing,
  request: Requests["exportError"]["request"],
): AsyncGenerator<undefined, number | undefined> {
  const {slot, change} = request;
  if (change.kind === "none") return 0;
  if (change.kind === "cut") {
    const cut = changeOf(session, request);
    return cut.kind === "cut" ? cutError(session.measured(slot), cut.ranks) : undefined;
  }
  if (change.method !== "sum") return undefined;
  if (change.rank === undefined) return 0;
  const {lost} = yield* comparing.mergeRanks({weights: change.weights});
  return change.rank > lost.length ? 0 : lost[change.rank - 1];
}
