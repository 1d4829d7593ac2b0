/** The attention matrices that can get an adapter, as letters. */
import {type HiddenText, hiddenText} from "../../figure/controls.ts";

/** The attention matrices of a layer that can get an adapter: a letter for each. */
export const ATTENTION_LETTERS = "qkvo";

/** The chosen matrices with one added or, if it was among them, removed. `choosable` are all that can be chosen, in their order. */
export const toggledMatrix = (chosen: string, letter: string, choosable = ATTENTION_LETTERS): string =>
  [...choosable].filter((one) => (one === letter) !== chosen.includes(one)).join("");

/** "Wq,Wv" → "qv", as the paper's tables name a choice. */
export const matrixLetters = (weights: string): string =>
  [...ATTENTION_LETTERS].filter((letter) => weights.includes(`W${letter}`)).join("");

/** Which matrices are adapted, as letters of ATTENTION_LETTERS in their order, each at most once. */
export const onMatrices: HiddenText = {
  ...hiddenText(["matrices"], ATTENTION_LETTERS.length, (text) =>
    text === [...ATTENTION_LETTERS].filter((letter) => text.includes(letter)).join("")
      ? undefined
      : `“${text}” names no matrices. Use the letters q, k, v and o, in that order.`,
  ),
  value: "qv",
};
