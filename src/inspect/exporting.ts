/** Makes the files of an export: the adapter as it is, cut or merged, and the reports on it. */
import type {Change} from "../engine/adapters/inspect/changes.ts";
import {summarize} from "../engine/adapters/inspect/health.ts";
import {csvOf, pythonCheck, reportOf} from "../engine/adapters/inspect/report.ts";
import {takeHome} from "../engine/adapters/inspect/takeHome.ts";
import {splitFor} from "./cutting.ts";
import type {Exported, ExportedFile, Requests} from "./protocol.ts";
import type {Session} from "./session.ts";

/** The seed of DARE's random draws, the same for everybody. */
const SEED = 1;

/** The change that the page asks for → the engine's. */
export function changeOf(session: Session, {slot, change}: Requests["exportError"]["request"]): Change {
  if (change.kind === "none") return {kind: "none"};
  if (change.kind === "cut") {
    const all = session.measured(slot);
    const ranks = change.isSplit
      ? splitFor(all, change.r)
      : new Map(all.map(({name, r}) => [name, Math.min(r, change.r)]));
    return {kind: "cut", ranks};
  }
  const {weights, rank, method, density} = change;
  const {adapter, choice} = session.at(1);
  return {
    kind: "merge",
    other: adapter,
    weights,
    ...(rank !== undefined && {rank}),
    ...(choice && {choice}),
    ...(method === "factors" && {factorwise: true}),
    ...((method === "ties" || method === "dare") && {entries: {method, density, seed: SEED}}),
    without: session.unusable(1),
  };
}

/** The page's export options → the engine's. */
export const writeOptions = ({as, dtype, oneRank = false, pairsOnly = false}: Requests["export"]["request"]) => ({
  ...{as, oneRank, pairsOnly},
  ...(dtype && {dtype}),
});

/** Writes the files. Yields the progress. */
export async function* exportedFiles(
  session: Session,
  request: Requests["export"]["request"],
): AsyncGenerator<Requests["export"]["progress"], Exported> {
  const {slot} = request;
  const {adapter, choice} = session.at(slot);
  const job = takeHome(adapter, changeOf(session, request), {
    ...writeOptions(request),
    ...(choice && {choice}),
    without: session.unusable(slot),
  });
  let step = await job.next();
  while (!step.done) {
    yield step.value;
    step = await job.next();
  }
  const {files, ...rest} = step.value;
  return {files: files.map(({name, bytes}) => ({name, bytes: new Uint8Array(bytes)})), ...rest};
}

/** A report as a file. */
export function reportFile(session: Session, {slot, as}: Requests["report"]["request"]): ExportedFile {
  const encode = (text: string) => new TextEncoder().encode(text);
  if (as === "python") return {name: "check.py", bytes: encode(pythonCheck)};
  const {adapter, findings} = session.at(slot);
  const summary = summarize(adapter, findings);
  return as === "csv"
    ? {name: "modules.csv", bytes: encode(csvOf(summary))}
    : {name: "report.json", bytes: encode(`${JSON.stringify(reportOf(adapter, summary), null, 2)}\n`)};
}
