import {build} from "esbuild";
import {oldestBrowsers} from "./browsers.ts";

/** The project's folder. This file's own address would not lead there, because Astro bundles it into another folder. */
const root = process.cwd();

const {outputFiles} = await build({
  entryPoints: [`${root}/src/site/guard/guard-entry.ts`],
  bundle: true,
  minify: true,
  charset: "utf8",
  target: "es2015",
  format: "iife",
  define: {OLDEST: JSON.stringify(oldestBrowsers)},
  write: false,
});

/** guard-entry.ts as text, for an inline script: it tells the reader when other files do not load. */
export const guard: string = outputFiles[0]!.text.trim();
