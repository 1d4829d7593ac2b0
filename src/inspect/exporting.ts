/** What an export would write and lose, its files, and the reports on the adapter. */
import type {Change} from "../engine/adapters/inspect/changes.ts";
import {summarize} from "../engine/adapters/inspect/health.ts";
import type {MeasuredUpdate} from "../engine/adapters/inspect/measure.ts";
import {planOf} from "../engine/adapters/inspect/plan.ts";
import {csvOf, pythonCheck, reportOf} from "../engine/adapters/inspect/report.ts";
import {sha256} from "../engine/adapters/inspect/sha256.ts";
import {bytesFrom} from "../engine/adapters/inspect/source.ts";
import {takeHome} from "../engine/adapters/inspect/takeHome.ts";
import {isPeftFile} from "../engine/adapters/inspect/takeHomeFiles.ts";
import type {AdapterComparison} from "./comparing.ts";
import {cutError, splitFor} from "./cutting.ts";
import type {AdapterSlot, ExportedFile, Fingerprint, Job, PlanView, Request} from "./protocol.ts";
import type {Session} from "./session.ts";

/** The seed of DARE's random draws, the same for everybody. */
const DARE_SEED = 1;

/** The ranks, by update, of a cut. */
const cutRanks = (all: readonly MeasuredUpdate[], cut: {r: number; isSplit: boolean}): Map<string, number> =>
  cut.isSplit ? splitFor(all, cut.r) : new Map(all.map(({name, r}) => [name, Math.min(r, cut.r)]));

/** A change as the page describes it → as the engine takes it. */
function changeOf(session: Session, {slot, change}: Request<"exportError">): Change {
  if (change.kind === "none") return {kind: "none"};
  if (change.kind === "cut") return {kind: "cut", ranks: cutRanks(session.measured(slot), change)};
  const {weights, rank, method, density} = change;
  const {adapter, choice} = session.at(1);
  return {
    kind: "merge",
    other: adapter,
    weights,
    ...(rank !== undefined && {rank}),
    ...(choice && {choice}),
    ...(method === "factors" && {factorwise: true}),
    ...((method === "ties" || method === "dare") && {entries: {method, density, seed: DARE_SEED}}),
    without: session.unusable(1),
  };
}

/** Export options as the page has them → as the engine takes them. */
const writeOptions = ({as, dtype, oneRank = false, pairsOnly = false}: Request<"export">) => ({
  as,
  oneRank,
  pairsOnly,
  ...(dtype && {dtype}),
});

/** Makes the files of an export. Yields the progress. */
export async function* exportedFiles(session: Session, request: Request<"export">): Job<"export"> {
  const {slot} = request;
  const {adapter, choice} = session.at(slot);
  const job = takeHome(adapter, changeOf(session, request), {
    ...writeOptions(request),
    ...(choice && {choice}),
    without: session.unusable(slot),
  });
  const {files, ...rest} = yield* job;
  return {files: files.map(({name, bytes}) => ({name, bytes: new Uint8Array(bytes)})), ...rest};
}

/** A report as a file. */
export function reportFile(session: Session, {slot, as}: Request<"report">): ExportedFile {
  const encode = (text: string) => new TextEncoder().encode(text);
  if (as === "python") return {name: "check.py", bytes: encode(pythonCheck)};
  const {adapter, findings} = session.at(slot);
  const summary = summarize(adapter, findings);
  return as === "csv"
    ? {name: "modules.csv", bytes: encode(csvOf(summary))}
    : {name: "report.json", bytes: encode(`${JSON.stringify(reportOf(adapter, summary), null, 2)}\n`)};
}

/** Names, formats and sizes of the files, from headers alone. Throws the errors that writing would throw. */
export function planExport(session: Session, request: Request<"plan">): PlanView {
  const {slot, as} = request;
  const {adapter} = session.at(slot);
  const {tensors, bytes, ranks, notes} = planOf(adapter, changeOf(session, request), {
    ...writeOptions(request),
    without: session.unusable(slot),
  });
  const counts = new Map<string, number>();
  for (const {dtype} of tensors.values()) counts.set(dtype, (counts.get(dtype) ?? 0) + 1);
  const isPeft = isPeftFile(adapter, as);
  return {
    name: isPeft ? "adapter_model.safetensors" : "adapter.safetensors",
    hasConfig: isPeft,
    bytes,
    tensors: tensors.size,
    example: [...tensors.keys()].find((name) => /lora/i.test(name)) ?? tensors.keys().next().value ?? "",
    dtypes: [...counts].sort(([, a], [, b]) => b - a),
    modules: ranks.length,
    ranks: [ranks.reduce((a, b) => Math.min(a, b)), ranks.reduce((a, b) => Math.max(a, b))],
    notes,
  };
}

/** What a change would lose, ‖ΔW − ΔW′‖ / ‖ΔW‖; undefined where only writing can tell. */
export async function* exportErrorOf(
  session: Session,
  comparison: AdapterComparison,
  {slot, change}: Request<"exportError">,
): Job<"exportError"> {
  if (change.kind === "none") return 0;
  if (change.kind === "cut") {
    const all = session.measured(slot);
    return cutError(all, cutRanks(all, change));
  }
  if (change.method !== "sum") return undefined;
  if (change.rank === undefined) return 0;
  const losses = yield* comparison.mergeLosses(change.weights);
  return losses[change.rank - 1] ?? 0;
}

/** Bytes that are read at a time. */
const PIECE_BYTES = 2 ** 22;

/** The SHA-256 of a slot's files. Yields how many bytes have been read. */
export async function* fingerprintsOf(session: Session, slot: AdapterSlot): Job<"fingerprints"> {
  const {weights, config} = session.at(slot);
  const sources = [weights, ...(config ? [config] : [])];
  const of = sources.reduce((sum, {size}) => sum + size, 0);
  const result: Fingerprint[] = [];
  let done = 0;
  for (const source of sources) {
    const hash = sha256();
    for (let at = 0; at < source.size; at += PIECE_BYTES) {
      const bytes = await bytesFrom(source, at, Math.min(source.size, at + PIECE_BYTES));
      hash.add(bytes);
      done += bytes.length;
      yield {done, of};
    }
    const name = source.name?.split("/").at(-1) ?? "the file";
    result.push({name, bytes: source.size, sha256: hash.digest()});
  }
  return result;
}
