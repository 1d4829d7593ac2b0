/** What a reader sets, and the part of it on which a run depends. No engine, no DOM. */
import {choice, type Params, range} from "../../figure/controls.ts";

/** How many words are written. */
export const WRITTEN_WORDS = 8;

export const controls = {
  adapter: choice(["Adapter"], {off: "Off", on: "On", full: "Fully tuned"}, "on"),
  lesson: {
    ...choice(
      ["Trained on"],
      {names: "Names", french: "French", spanish: "Spanish", twenty: "Twenty names"},
      "names",
      true,
    ),
    when: {adapter: ["off", "on"]},
  },
  show: {
    ...choice(["Show"], {one: "One adapter", three: "Three adapters"}, "one", true),
    when: {adapter: ["off", "on"]},
  },
  word: {...range(["Word"], {min: 1, max: WRITTEN_WORDS, value: 5, more: true}), when: {show: ["one"]}},
  draw: range(["Draw"], {min: 1, max: 99, value: 11, more: true, group: "chance"}),
};
export type ForgeParams = Params<typeof controls>;
export type ForgeLesson = ForgeParams["lesson"];

/** What a run depends on. A control that is not shown keeps its value, which does not count. */
export interface ForgeSettings {
  /** With the adapter, or with fully tuned weights in place of the base's. */
  adapter: "on" | "full";
  lesson: ForgeLesson;
  draw: number;
  /** The words of all three customers are written. */
  isThree: boolean;
}

/** The lessons of the three adapters that share one base. */
export const CUSTOMERS = ["names", "french", "spanish"] as const satisfies readonly ForgeLesson[];

/** What a run depends on, from all that a reader sets. "Off" is no run of its own, because in every run the base writes too. */
export function forgeSettings({adapter, lesson, show, draw}: ForgeParams): ForgeSettings {
  const isFull = adapter === "full";
  const usedLesson = isFull ? "names" : lesson;
  const isThree = show === "three" && !isFull && lesson !== "twenty";
  return {adapter: isFull ? "full" : "on", lesson: usedLesson, draw, isThree};
}
