import {readdirSync} from "node:fs";
import {replacements} from "../../src/figure/replacements.ts";

/** The figures of the built site, without the addresses of earlier ones that another figure answers at. */
export const figureNames = readdirSync(new URL("../../dist/embed/", import.meta.url))
  .filter((name) => !Object.hasOwn(replacements, name))
  .sort();
