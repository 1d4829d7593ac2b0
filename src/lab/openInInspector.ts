import {isLoadError, reasonFor} from "../figure/errorNote.ts";
import {siteRoot} from "../figure/siteRoot.ts";
import {type LabParams, labSettings} from "../figures/lab/controls.ts";
import {ownPage} from "../figures/lab/ownPage.ts";
import type {TrainedRun} from "../figures/lab/protocol.ts";
import {newButton} from "../site/newButton.ts";

/** Gives the lab a button that opens the trained LoRA in the inspector, in a new tab. Nothing is stored on the way. */
export function startOpenInInspector(root: Document, place: Location): void {
  ownPage.drawBesideTakeHome = (area, {trained}, params, act) => {
    const button = area.querySelector<HTMLButtonElement>(".into") ?? addButton(area);
    // The other methods have no A and B to open.
    button.hidden = params.method !== "lora";
    if (trained) button.removeAttribute("aria-disabled");
    else button.setAttribute("aria-disabled", "true");
    button.onclick = () => {
      if (!trained) return;
      const id = crypto.getRandomValues(new Uint32Array(2)).join("-");
      const home = siteRoot(root.documentElement.dataset.root, place);
      // Before anything is awaited, because browsers open a tab only right after a press.
      const tab = window.open(`${home}inspect/#lab=${id}`, "_blank");
      sendRun(id, tab, params, trained).then(
        (problem) => problem && act.say(problem),
        (error) => act.say(`The inspector was not given the run: ${reasonFor(error)}.`, isLoadError(error)),
      );
    };
  };
}

/** Adds the button after the one that takes the run home. */
function addButton(area: Element): HTMLButtonElement {
  const button = newButton(area.ownerDocument, "Open in the inspector");
  button.className = "into";
  button.title = "In a new tab";
  area.querySelector(".take")!.after(button);
  return button;
}

/** What else the reader can do. */
const INSTEAD = "take the run home, unpack it and drop the adapter on the page Open your adapter.";

/** Sends the adapter of a run to the inspector in the tab that was opened for it. Resolves to a sentence if that went wrong. */
async function sendRun(
  id: string,
  tab: Window | null,
  params: LabParams,
  trained: TrainedRun,
): Promise<string | undefined> {
  if (!tab) return `Your browser opened no tab. Allow this page to open one, or ${INSTEAD}`;
  const [{adapterOf}, {handOver}] = await Promise.all([
    import("../figures/lab/takeHome/takeHome.ts"),
    import("../inspect/handOver.ts"),
  ]);
  const isSent = await handOver(id, async () => adapterOf(labSettings(params), trained));
  return isSent ? undefined : `The inspector did not ask for the run. Press again, or ${INSTEAD}`;
}
