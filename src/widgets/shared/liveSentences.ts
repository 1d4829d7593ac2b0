import {counted} from "../../figures/text/format.ts";
import type {Standing} from "./liveRuns.ts";

/** What the buttons of such a run are called. */
export const liveTools = {play: "Run it live", step: "One run", restart: "Stored runs"} as const;

type Live = Omit<Standing, "results" | "next"> & {next?: string};

/** "each as it is stored", "40 of the 42 that are stored as they are stored" */
function likeStored({done, known, same, path}: Live): string {
  if (known === 0) return "none of them is stored to compare it with";
  const why = path === "plain" ? ", which is to be expected, as this browser computes without the kernels" : "";
  if (same < known) return `${known - same} of ${known} came out otherwise than the stored ones${why}`;
  return known < done ? `the ${known} that are stored came out the same` : "each came out as it is stored";
}

/** How far runs are that are made here: part of a sentence. */
export function standing(live: Live): string {
  const {done, due, next} = live;
  if (done === due) return `${counted(due, "run")} made here, now, and ${likeStored(live)}`;
  return `${done} of ${counted(due, "run")} made here so far, and ${likeStored(live)}; next comes ${next}`;
}

/** What a mark says of runs made here. */
export const liveMark = ({done, due}: Pick<Live, "done" | "due">) =>
  ({kind: "live", text: done === due ? counted(due, "run") : `${done} of ${counted(due, "run")}`}) as const;
