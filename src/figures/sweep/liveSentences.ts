/** What the figure says of live runs, and the labels of its buttons. */
import {counted} from "../../figure/plot/text/format.ts";
import type {LiveProgress} from "./liveRuns.ts";

export const liveTools = {play: "Run it live", step: "One run", restart: "Stored runs"} as const;

/** The progress of live runs, with the next run in words. */
export type LiveState = Omit<LiveProgress, "results" | "next"> & {next?: string};

/** How the ended runs compare with the stored ones: "all of them came out as stored". */
function comparisonText({storedCount, equalCount, path}: LiveState): string {
  const why = path === "plain" ? ", because this browser computes without the kernels" : "";
  const count = equalCount === storedCount ? "all of them" : `${equalCount} of ${storedCount}`;
  return `${count} came out as stored${equalCount < storedCount ? why : ""}`;
}

/** Progress of the live runs, as part of a sentence. */
export function progressText(live: LiveState): string {
  const {doneCount, allCount, next} = live;
  const soFar = `${doneCount} of ${counted(allCount, "run")} made here, and ${comparisonText(live)}`;
  return next ? `${soFar}; next comes ${next}` : soFar;
}

/** What the figure's foot says while live runs are shown. */
export const liveMark = ({doneCount, allCount}: LiveState) =>
  ({kind: "live", text: `${doneCount} of ${counted(allCount, "run")}`}) as const;
