import {type LabParams, labSettings} from "../figures/lab/controls.ts";
import type {TrainedRun} from "../figures/lab/snapshot.ts";

/** What else the reader can do. */
const INSTEAD = "take the run home, unpack it and drop the adapter on the page Open your adapter.";

/** Sends the adapter of a run to the inspector in the tab that was opened for it. Resolves to a sentence if that went wrong. */
export async function sendRun(
  id: string,
  tab: Window | null,
  params: LabParams,
  trained: TrainedRun,
): Promise<string | undefined> {
  if (!tab) return `Your browser opened no tab. Allow this page to open one, or ${INSTEAD}`;
  // Loaded only when the button is pressed.
  const [{adapterOf}, {handOver}] = await Promise.all([
    import("../figures/lab/takeHome/takeHome.ts"),
    import("../inspect/handOver.ts"),
  ]);
  const isSent = await handOver(id, async () => adapterOf(labSettings(params), trained));
  return isSent ? undefined : `The inspector did not ask for the run. Press again, or ${INSTEAD}`;
}
