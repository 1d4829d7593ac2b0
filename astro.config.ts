import {posix} from "node:path";
import {satteri} from "@astrojs/markdown-satteri";
import mdx from "@astrojs/mdx";
import sitemap from "@astrojs/sitemap";
import {defineConfig} from "astro/config";
import {site, unknownSite} from "./src/components/marks/siteAddress.ts";
import {downloads} from "./src/make/downloads/downloads.ts";
import {elements} from "./src/make/embeds/elements.ts";
import {fonts} from "./src/make/fonts/fonts.ts";
import {headers} from "./src/make/hosting/headersFile.ts";
import {inSitemap} from "./src/make/hosting/mapped.ts";
import {offline} from "./src/make/hosting/offline.ts";
import {portable} from "./src/make/portable/portable.ts";
import {searchIndex} from "./src/make/search/searchIndex.ts";
import {mathPlugin} from "./src/markup/math.ts";
import {unhurried} from "./src/markup/unhurried.ts";
import {wordTables} from "./src/markup/wordTables.ts";

/** A chunk of the engine alone, or of who lends its kernels, says so in its name: the budget counts the engine once. */
const chunkName = ({moduleIds}: {moduleIds: readonly string[]}) =>
  moduleIds.length > 0 && moduleIds.every((id) => /\/src\/(engine\/|widgets\/shared\/kernelPool\.ts)/.test(id))
    ? "_astro/engine-[name].[hash].js"
    : "_astro/[name].[hash].js";

/** What several widgets share goes into the chunk with the controls, which every page with a widget has: alone, each would be tiny. */
const shared = {
  name: "controls",
  test: /\/src\/(shell\/(parse|controls|signs)|widgets\/shared\/(keptRuns|runComparison|listed|button|rescue|largestEntry|medianRange)|figures\/(shelf|text\/symbol))\.ts$/,
};

/** Astro marks modules of its own with a directive, and reads it before it is bundled: fourteen warnings of nothing. */
const isAstrosOwn = ({code, message}: {code?: string | undefined; message: string}) =>
  code === "MODULE_LEVEL_DIRECTIVE" && message.includes("astro:head-inject");

/** Set by `npm run build:portable`. */
const isPortable = process.env.PORTABLE === "1";

/** ONLY_PAGES leaves out what no base is written into: the test of bases has it already. */
const isWhole = process.env.ONLY_PAGES !== "1";

/** Files to take along, and what is kept on a device: not for the build with the test widget. */
const isTaken = isWhole && process.env.PROBE !== "1";

export default defineConfig({
  site: site(process.env),
  base: isPortable ? "/" : (process.env.BASE ?? "/"),
  output: "static",
  trailingSlash: "always",
  compressHTML: true,
  devToolbar: {enabled: false},
  build: {format: "directory", inlineStylesheets: "never"},
  markdown: {
    shikiConfig: {transformers: [unhurried]},
    processor: satteri({features: {math: true, headingAttributes: true}, hastPlugins: [mathPlugin, wordTables]}),
  },
  integrations: [
    fonts(),
    mdx(),
    sitemap({filter: inSitemap}),
    elements({isWhole}),
    ...(isTaken ? [downloads({isLinked: site(process.env) !== unknownSite})] : []),
    searchIndex(),
    headers(),
    ...(isPortable ? [portable()] : []),
    ...(isTaken ? [offline()] : []),
  ],
  vite: {
    build: {
      assetsInlineLimit: 0,
      rolldownOptions: {onLog: (level, log, tell) => isAstrosOwn(log) || tell(level, log)},
    },
    // Scripts and style sheets find each other from where they stand: only pages know the base they are built for.
    experimental: {
      renderBuiltUrl: (file, {hostType}) => (hostType === "css" ? posix.relative("_astro", file) : {relative: true}),
    },
    worker: {format: "es", rolldownOptions: {output: {chunkFileNames: chunkName}}},
    environments: {
      client: {build: {rolldownOptions: {output: {chunkFileNames: chunkName, codeSplitting: {groups: [shared]}}}}},
    },
  },
});
