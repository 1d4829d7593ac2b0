import {hiddenText} from "../../figure/controls.ts";
import {MAX_WORD_LENGTH} from "./taskNames.ts";

/** A control for letters that the reader types and the word forge reads: a to z, at most MAX_WORD_LENGTH of them. */
export const wordControl = (label: string, value: string) => ({
  ...hiddenText([label], MAX_WORD_LENGTH, (text) =>
    /^[a-z]*$/.test(text) ? undefined : "Use only the letters a to z.",
  ),
  value,
});
