import {build} from "esbuild";
import {oldest} from "./browsers.ts";

/** Where the site's sources are: a bundle of this file is elsewhere. */
const root = process.cwd();

const {outputFiles} = await build({
  entryPoints: [`${root}/src/site/guard/guard-entry.ts`],
  bundle: true,
  minify: true,
  charset: "utf8",
  target: "es2015",
  format: "iife",
  define: {OLDEST: JSON.stringify(oldest)},
  write: false,
});

/** The inline script that says so when others do not load: guard-entry.ts as text. */
export const guard: string = outputFiles[0]!.text.trim();
