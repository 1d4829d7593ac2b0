import {wordsFromLink} from "../figures/lab/own/link.ts";
import {drawWordField} from "../figures/lab/own/wordField.ts";
import {storeWords} from "../figures/lab/own/words.ts";
import {ownPage} from "../figures/lab/ownPage.ts";

/** The part of `<lora-widget>` that is used here. */
type Lab = HTMLElement & {set(raw: Readonly<Record<string, unknown>>): Promise<unknown>};

/**
 * Gives the lab its field for the reader's own words, and the words that a link carries after its #. When the reader chooses
 * other words or another task, the hash is removed from the address.
 */
export async function startOwnLink(root: Document, location: Location): Promise<void> {
  ownPage.drawWordField = drawWordField;
  const packed = /^#words=(.*)$/.exec(location.hash)?.[1];
  if (packed === undefined) return;
  const lab = root.querySelector<Lab>('lora-widget[name="lab"]')!;
  const words = await wordsFromLink(packed);
  // No list has the number 0, so the field says that the words of a damaged link are missing.
  const own = words ? storeWords(words) : "0";
  await lab.set({task: "own", own});
  root.documentElement.addEventListener("lora-change", ({target, detail}) => {
    const {state} = detail;
    const isOther = state.own !== own || state.task !== "own";
    if ((target as Element).getAttribute("name") === "lab" && isOther && location.hash)
      history.replaceState(history.state, "", location.pathname + location.search);
  });
}
