import {hidden} from "../../figure/controls.ts";
import {LONGEST_WORD} from "./taskNames.ts";

/** A control for letters that the reader types and the word forge reads: a to z, at most LONGEST_WORD of them. */
export const wordControl = (label: string, value: string) => ({
  ...hidden([label], LONGEST_WORD, (text) => (/^[a-z]*$/.test(text) ? undefined : "Use only the letters a to z.")),
  value,
});
