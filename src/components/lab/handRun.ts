import {loader} from "../../shell/loader.ts";
import type {LabParams} from "../../widgets/lab/controls.ts";
import type {Trained} from "../../widgets/lab/snapshot.ts";

// What writes and gives the files is loaded by the press alone: the page itself has no room for it.
const writing = loader(() => import("../../widgets/lab/takeHome/adapterOf.ts"));
const giving = loader(() => import("../inspect/handOver.ts"));

const INSTEAD = "take the run home, unpack it and drop the adapter on the page Open your adapter.";

/** Gives a run's adapter to the tab that was opened for it; what went wrong, as a sentence. */
export async function handRun(
  id: string,
  tab: Window | null,
  params: LabParams,
  trained: Trained,
): Promise<string | undefined> {
  if (!tab) return `Your browser opened no tab. Allow this page to open one, or ${INSTEAD}`;
  const [{adapterOf}, {handOver}] = await Promise.all([writing(), giving()]);
  const wasHanded = await handOver(id, async () => adapterOf(params, trained));
  return wasHanded ? undefined : `The inspector did not ask for the run. Press again, or ${INSTEAD}`;
}
