import type {ShikiConfig} from "astro";

/**
 * Lets Shiki color code however long it takes. By default it gives up on a line after half a second, so builds on a busy machine
 * had different colors.
 */
export const noTimeLimit: NonNullable<ShikiConfig["transformers"]>[number] = {
  name: "no time limit",
  preprocess(_code, options) {
    options.tokenizeTimeLimit = 0;
  },
};
