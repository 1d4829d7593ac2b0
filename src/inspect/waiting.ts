import {make} from "../figure/makeElement.ts";
import {pressButton, sayIn} from "./parts.ts";
import type {OpenAdapter, ScreenContext} from "./state.ts";

/** Says why a screen has to wait, or cannot be; true when it said something. */
export function waiting({panel, sentence}: ScreenContext, {opened, verdict, isStopped, modules}: OpenAdapter): boolean {
  const say = (words: string) => {
    sayIn(sentence, words);
    return true;
  };
  if (opened.isTooLarge) return say("The file is too large for a tab, so its tensors are not read here.");
  if (isStopped) return say("The reading was stopped. Open the file again for this.");
  if (!verdict) return say("Reading spectra…");
  if (modules.size > 0) return false;
  make(panel, "p", "", "Will it load? has the names of its tensors.");
  return say("There is no update in this file that could be measured.");
}

/** Asks for a second adapter; true when there is none. */
export function withoutSecond(screen: ScreenContext, what: string): boolean {
  const {state, panel, sentence} = screen;
  if (state.places[1]) return waiting(screen, state.places[0]!) || waiting(screen, state.places[1]);
  sayIn(sentence, `${what} needs a second adapter.`);
  make(
    panel,
    "p",
    "",
    "Drop it anywhere on this page, or choose it. It should belong to the same base model; which one that is does not matter here.",
  );
  pressButton(make(panel, "div", "inspect-buttons"), "Add a second adapter", () => screen.choose(1), "main");
  return true;
}
