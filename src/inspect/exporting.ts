/** The files that somebody takes home: the adapter as it is, cut or merged, and what was found out about it. */
import type {Change} from "../engine/adapters/inspect/changes.ts";
import {summarize} from "../engine/adapters/inspect/health.ts";
import {csvOf, pythonCheck, reportOf} from "../engine/adapters/inspect/report.ts";
import {takeHome} from "../engine/adapters/inspect/takeHome.ts";
import {splitFor} from "./cutting.ts";
import type {Orders, TakenFile, TakenHome} from "./protocol.ts";
import type {Session} from "./session.ts";

/** DARE's dice, the same for everybody. */
const SEED = 1;

/** What the page asks for, as the engine is told. */
export function changeOf(session: Session, {slot, change}: Orders["lost"]["order"]): Change {
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

/** How the engine is told to write. */
export const writtenAs = ({as, dtype, oneRank = false, pairsOnly = false}: Orders["take"]["order"]) => ({
  ...{as, oneRank, pairsOnly},
  ...(dtype && {dtype}),
});

/** Writes the files; gives how far it is. */
export async function* exportedFiles(
  session: Session,
  order: Orders["take"]["order"],
): AsyncGenerator<Orders["take"]["news"], TakenHome> {
  const {slot} = order;
  const {adapter, choice} = session.at(slot);
  const job = takeHome(adapter, changeOf(session, order), {
    ...writtenAs(order),
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

/** What was found, as a file. */
export function reported(session: Session, {slot, as}: Orders["report"]["order"]): TakenFile {
  const encode = (text: string) => new TextEncoder().encode(text);
  if (as === "python") return {name: "check.py", bytes: encode(pythonCheck)};
  const {adapter, findings} = session.at(slot);
  const summary = summarize(adapter, findings);
  return as === "csv"
    ? {name: "modules.csv", bytes: encode(csvOf(summary))}
    : {name: "report.json", bytes: encode(`${JSON.stringify(reportOf(adapter, summary), null, 2)}\n`)};
}
