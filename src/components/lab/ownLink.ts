import {hold} from "../../widgets/lab/own/memory.ts";
import {provide} from "../../widgets/lab/own/provided.ts";

type Lab = HTMLElement & {set(raw: Readonly<Record<string, unknown>>): Promise<unknown>};

/** Gives the lab its field for own words, and the words that a link brings after its #. Once the reader has others, the address forgets them. */
export async function startOwnLink(root: Document, place: Location): Promise<void> {
  provide(() => import("../../widgets/lab/panels/wordField.ts"));
  const packed = /^#words=(.*)$/.exec(place.hash)?.[1];
  if (packed === undefined) return;
  const lab = root.querySelector<Lab>('lora-widget[name="lab"]')!;
  const {wordsFromLink} = await import("../../widgets/lab/own/share.ts");
  const words = await wordsFromLink(packed);
  const own = words ? hold(words) : UNREAD;
  await lab.set({task: "own", own});
  root.documentElement.addEventListener("lora-change", ({target, detail}) => {
    const isOther = (target as Element).getAttribute("name") === "lab" && detail.state.own !== own;
    if (isOther && place.hash) history.replaceState(history.state, "", place.pathname + place.search);
  });
}

/** Not the id of a list: the lab says that there is none. */
const UNREAD = "unread";
