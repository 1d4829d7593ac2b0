import type {LabParams} from "../figures/lab/controls.ts";
import type {TrainedRun} from "../figures/lab/snapshot.ts";

const INSTEAD = "take the run home, unpack it and drop the adapter on the page Open your adapter.";

/** Gives a run's adapter to the tab that was opened for it; what went wrong, as a sentence. */
export async function handRun(
  id: string,
  tab: Window | null,
  params: LabParams,
  trained: TrainedRun,
): Promise<string | undefined> {
  if (!tab) return `Your browser opened no tab. Allow this page to open one, or ${INSTEAD}`;
  // What writes and gives the files is loaded by the press alone: the page itself has no room for it.
  const [{adapterOf}, {handOver}] = await Promise.all([
    import("../figures/lab/takeHome/adapterOf.ts"),
    import("../inspect/handOver.ts"),
  ]);
  const wasHanded = await handOver(id, async () => adapterOf(params, trained));
  return wasHanded ? undefined : `The inspector did not ask for the run. Press again, or ${INSTEAD}`;
}
