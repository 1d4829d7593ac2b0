import type {Hidden} from "./controls.ts";
import {type OptionName, options} from "./options.ts";

/** A parameter that is no control of a widget's own, as documentation lists it. */
export interface OptionRow {
  name: string;
  /** Values that may be asked for, as words; the first holds unless another is asked for. */
  values: readonly string[];
  meaning: string;
  /** In the address of a frame and nowhere else. */
  isFrames?: boolean;
}

const meanings: Readonly<Record<OptionName, string>> = {
  theme:
    "Colors: as the reader’s device has them, light, dark, of high contrast, or for a projector (on white, and drawn larger).",
  controls:
    "Which controls are shown: all, those in front of “More”, none, or those that a list names. What is not shown no reader changes, in the picture either.",
  lock: "A list of controls that are shown and do not answer, in the picture either.",
  motion:
    "Whether runs are shown as they go. A reader whose device asks for less motion never sees more than it asks for.",
  predict: "1 asks for a guess before the answer and 0 leaves it out, where a widget has one to ask for.",
  answers: "0 hides verdicts and explanations: what was answered is told to the page around, and not to the reader.",
  links: "0 hides what leads or points out of the figure: Copy link and Embed.",
  title: "0 hides the question above the figure. It still names the figure to a screen reader.",
  caption: "0 hides the words on how to read the figure, and its challenge.",
  table: "1 opens the table of the data, 0 takes its box away.",
};

const valuesOf = (name: OptionName): string[] => {
  const option = options[name];
  if (option.kind === "choice")
    return [option.value, ...Object.keys(option.options).filter((value) => value !== option.value)];
  const {value} = option as Hidden;
  return name === "controls" ? [value, "basic", "none", "r,alpha"] : [value || "none", "r,alpha"];
};

/** All of them, for the tables of the documentation. */
export const optionTable: readonly OptionRow[] = [
  ...(Object.keys(options) as OptionName[]).map((name) => ({name, values: valuesOf(name), meaning: meanings[name]})),
  {
    name: "s",
    values: ["none", "base64url"],
    meaning:
      'A state in one word: base64url of the JSON {"v": 1, "state": {…}}, at most 2,048 characters. What is written out beside it comes first.',
  },
  {
    name: "id",
    values: ["none", "up to 64 of A–Z a–z 0–9 _ -"],
    meaning: "What the frame’s messages carry as their id.",
    isFrames: true,
  },
  {
    name: "origin",
    values: ["any", "https://example.org"],
    meaning: "The one origin that the frame speaks to and listens to.",
    isFrames: true,
  },
  {
    name: "xapi",
    values: ["0", "1"],
    meaning: "1 sends statements in the form of xAPI beside the messages.",
    isFrames: true,
  },
];
