import {announce} from "../figures/lab/own/linkNotice.ts";
import {hold} from "../figures/lab/own/memory.ts";
import {provide} from "../figures/lab/own/wordFieldLoader.ts";

type Lab = HTMLElement & {set(raw: Readonly<Record<string, unknown>>): Promise<unknown>};

/** Gives the lab its field for own words, and the words that a link brings after its #. Once the reader has others, the address forgets them. */
export async function startOwnLink(root: Document, place: Location): Promise<void> {
  provide(() => import("../figures/lab/panels/wordField.ts"));
  const packed = /^#words=(.*)$/.exec(place.hash)?.[1];
  if (packed === undefined) return;
  const lab = root.querySelector<Lab>('lora-widget[name="lab"]')!;
  const {wordsFromLink} = await import("../figures/lab/own/share.ts");
  const words = await wordsFromLink(packed);
  const own = words ? hold(words) : "";
  await lab.set({task: "own", own});
  if (!words) announce(UNREAD);
  root.documentElement.addEventListener("lora-change", ({target, detail}) => {
    const {state} = detail;
    const isOther = state.own !== own || state.task !== "own";
    if ((target as Element).getAttribute("name") === "lab" && isOther && place.hash)
      history.replaceState(history.state, "", place.pathname + place.search);
  });
}

const UNREAD = "The words of this link could not be read. Paste them again.";
