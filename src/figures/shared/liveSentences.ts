/** What figures say of live runs. */
import {counted} from "../../figure/plot/text/format.ts";
import type {LiveProgress} from "./liveRuns.ts";

/** Labels of the play buttons. */
export const liveTools = {play: "Run it live", step: "One run", restart: "Stored runs"} as const;

/** The progress of live runs, with the next run in words. */
type Live = Omit<LiveProgress, "results" | "next"> & {next?: string};

/** How the finished runs compare with the stored ones: "each came out as stored". */
function likeStored({done, known, same, path}: Live): string {
  if (known === 0) return "none of them has a stored run to compare with";
  const why = path === "plain" ? ", as expected, because this browser computes without the kernels" : "";
  if (same < known) return `${known - same} of ${known} came out different from the stored ones${why}`;
  return known < done ? `the ${known} that are stored came out the same` : "each came out as stored";
}

/** Progress of the live runs, as part of a sentence. */
export function progressText(live: Live): string {
  const {done, due, next} = live;
  if (done === due) return `${counted(due, "run")} made here just now, and ${likeStored(live)}`;
  return `${done} of ${counted(due, "run")} made here so far, and ${likeStored(live)}; next comes ${next}`;
}

/** What the figure's foot says while live runs are shown. */
export const liveMark = ({done, due}: Pick<Live, "done" | "due">) =>
  ({kind: "live", text: done === due ? counted(due, "run") : `${done} of ${counted(due, "run")}`}) as const;
