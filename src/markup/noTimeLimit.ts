import type {ShikiConfig} from "astro";

/**
 * Colors code however long it takes. By default Shiki gives up on a line after half a second, so that on a busy machine a build
 * came out with other colors than the one before it.
 */
export const noTimeLimit: NonNullable<ShikiConfig["transformers"]>[number] = {
  name: "noTimeLimit",
  preprocess(_code, options) {
    options.tokenizeTimeLimit = 0;
  },
};
