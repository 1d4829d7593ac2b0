import {isLost, reasonFor} from "../../../figure/errorNote.ts";
import {differences} from "../../../figure/parse.ts";
import {button} from "../../../figure/plot/button.ts";
import {layer} from "../../../figure/plot/layer.ts";
import {siteRoot} from "../../../figure/siteRoot.ts";
import type {Act} from "../../../figure/widget.ts";
import {controls, type LabParams} from "../controls.ts";
import {FEWEST, MOST_IN_LINK} from "../own/counts.ts";

/** A link that has the words in it, after one question. Only pages of our own can open it. */
export function shareWords(box: Element, words: readonly string[], params: LabParams, act: Act) {
  const area = layer<HTMLElement>(box, "div", "share");
  const {root} = box.ownerDocument.documentElement.dataset;
  const isLong = words.length > MOST_IN_LINK;
  area.toggleAttribute("hidden", root === undefined || words.length < FEWEST);
  if (isLong || area.hidden) area.removeAttribute("data-asking");
  const ask = button(area, "ask", "Copy a link with these words");
  ask.toggleAttribute("hidden", isLong);
  layer(
    area,
    "p",
    "why",
    isLong ? `More than ${MOST_IN_LINK} words do not fit in a link; send the list itself.` : ASKED,
  );
  button(area, "yes", "Copy the link").onclick = () => {
    area.removeAttribute("data-asking");
    void copyLink(area, words, params, act).catch((error) =>
      act.say(`No link was made: ${reasonFor(error)}.`, isLost(error)),
    );
  };
  button(area, "no", "Cancel").onclick = () => {
    area.removeAttribute("data-asking");
    ask.focus();
  };
  ask.onclick = () => {
    area.setAttribute("data-asking", "");
    area.querySelector<HTMLElement>(".yes")!.focus();
  };
  area.toggleAttribute("data-long", isLong);
}

const ASKED =
  "Whoever has the link can read the words. They come after the #, a part that browsers never send to a server.";

async function copyLink(area: HTMLElement, words: readonly string[], params: LabParams, act: Act) {
  const [{wordsToLink}, {copy, selectableField}] = await Promise.all([
    import("../own/share.ts"),
    import("../../../figure/export/clipboard.ts"),
  ]);
  const {documentElement, defaultView} = area.ownerDocument;
  const home = siteRoot(documentElement.dataset.root, defaultView!.location);
  const link = new URL("lab/", home);
  const settings = differences(controls, {...params, own: "", applied: "on", step: 0, kept: "", guess: ""});
  for (const [name, value] of Object.entries(settings)) link.searchParams.set(name, value);
  link.hash = `words=${await wordsToLink(words)}`;
  if (await copy(link.href)) {
    const ask = area.querySelector<HTMLElement>(".ask")!;
    ask.textContent = "Copied, with the words";
    ask.focus();
    return act.set({}, "The link is copied, with the words in it.");
  }
  area.querySelector(".copyable")?.remove();
  area.append(selectableField(area.ownerDocument, link.href, "Link with the words"));
}
