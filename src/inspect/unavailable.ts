/** Why a screen cannot show anything yet. */
import {make} from "../figure/makeElement.ts";
import {pressButton, writeSentence} from "./parts.ts";
import type {OpenAdapter, ScreenContext} from "./state.ts";

/** Says on the page why a screen has nothing to show for an adapter → whether it has nothing. */
export function isUnavailable(
  {panel, sentence}: ScreenContext,
  {opened, verdict, isStopped, modules}: OpenAdapter,
): boolean {
  const say = (words: string) => {
    writeSentence(sentence, words);
    return true;
  };
  if (opened.isTooLarge) return say("The file is too large for a tab, so its tensors are not read here.");
  if (isStopped) return say("The reading was stopped. Open the file again for this.");
  if (!verdict) return say("Reading spectra…");
  if (modules.size > 0) return false;
  make(panel, "p", "", "Will it load? has the names of its tensors.");
  return say("There is no update in this file that could be measured.");
}

/** The same for a screen that needs two adapters: asks for the second where there is none. */
export function isPairUnavailable(screen: ScreenContext, what: string): boolean {
  const {state, panel, sentence} = screen;
  if (state.adapters[1]) return isUnavailable(screen, state.adapters[0]!) || isUnavailable(screen, state.adapters[1]);
  writeSentence(sentence, `${what} needs a second adapter.`);
  make(
    panel,
    "p",
    "",
    "Drop it anywhere on this page, or choose it. It should belong to the same base model; which one that is does not matter here.",
  );
  pressButton(make(panel, "div", "inspect-buttons"), "Add a second adapter", () => screen.chooseFiles(1), "main");
  return true;
}
