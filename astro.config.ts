import {posix} from "node:path";
import {satteri} from "@astrojs/markdown-satteri";
import mdx from "@astrojs/mdx";
import sitemap from "@astrojs/sitemap";
import {defineConfig} from "astro/config";
import {site, unknownSite} from "./src/components/marks/siteAddress.ts";
import {embeds} from "./src/make/embeds/embeds.ts";
import {fonts} from "./src/make/fonts/fonts.ts";
import {targets} from "./src/make/guard/browsers.ts";
import {headers} from "./src/make/hosting/headersFile.ts";
import {offline} from "./src/make/hosting/offline.ts";
import {inSitemap} from "./src/make/hosting/sitemap.ts";
import {licenses} from "./src/make/licenses/licenses.ts";
import {searchIndex} from "./src/make/search/searchIndex.ts";
import {mathPlugin} from "./src/markup/math.ts";
import {noTimeLimit} from "./src/markup/noTimeLimit.ts";
import {stages} from "./src/markup/stages.ts";
import {tableNames} from "./src/markup/tableNames.ts";

/** A chunk with only engine code is named so, because the budget counts the engine once. */
const chunkName = ({moduleIds}: {moduleIds: readonly string[]}) =>
  moduleIds.length > 0 && moduleIds.every((id) => /\/src\/(engine\/|widgets\/shared\/kernelPool\.ts)/.test(id))
    ? "_astro/engine-[name].[hash].js"
    : "_astro/[name].[hash].js";

/**
 * What several widgets share is small, so it is in one chunk with the code that reads parameters, which every page with a widget
 * loads anyway.
 */
const controlsChunk = {
  name: "controls",
  test: /\/src\/(shell\/(parse|controls|signs)|widgets\/shared\/(listed|button|rescue|largestEntry|medianRange)|figures\/(rounded|panel|chart|aspects|layer|presses|tableHead|ledger|axes\/(axis|scales)|text\/(symbol|label|format|raised|put|textWidth)|plots\/(rowGroups|spots|whisker)))\.ts$/,
};

/** What keeps runs, which two figures have, and the shelf, which a third has too. */
const keptChunks = [
  {name: "shelf", test: /\/src\/figures\/shelf\.ts$/},
  {name: "keptRuns", test: /\/src\/widgets\/shared\/keptRuns\.ts$/},
];

/** What figures of printed numbers share; most chapters with one of them have another. */
const evidenceChunk = {
  name: "evidence",
  test: /\/src\/figures\/plots\/(dotPlot|dotPlotLayout)\.ts$/,
};

/** In a chunk of its own, because figures without lines have something to drag too, or a threshold. */
const dragsChunk = {name: "drags", test: /\/src\/figures\/(drags|axes\/threshold)\.ts$/};

/** Lines over steps and their names. */
const linesChunk = {
  name: "lines",
  test: /\/src\/figures\/(axes\/(lineEnds|spreadLabels)|plots\/(clipped|paths))\.ts$/,
};

/**
 * How the engine counts memory: with the widget that alone shows it in one chunk, it would not count as the engine's. A group takes
 * all that its modules import, so what others use too has groups before it.
 */
const memoryChunks = [
  {name: "counts", test: /\/src\/engine\/lora\/counts\.ts$/},
  {name: "models", test: /\/src\/engine\/memory\/models\.ts$/},
  {name: "memory", test: /\/src\/engine\/memory\/(memory|methods)\.ts$/},
];

/**
 * The worker's engine in a few chunks, because gzip makes less of many small ones: together they would take a tenth more. Each
 * has what a model loads together, or nearly so. A module in them that is also imported later would bring the bundler's runtime.
 */
const workerChunks = [
  {
    name: "linear",
    test: /\/src\/engine\/(linalg\/(matrix|elementary|exponent|random)|lora\/lora|network\/(parameters|layers\/(linear|accumulate|lora)))\.ts$/,
  },
  {name: "svd", test: /\/src\/engine\/linalg\/(svd|bidiagonal|diagonalize|turns|qr|reflect|truncate)\.ts$/},
  {name: "train", test: /\/src\/engine\/training\/(train|optimizer|schedule)\.ts$/},
  {
    name: "language",
    test: /\/src\/engine\/(training\/words|lora\/loras|files\/(wording|float16|base64)|network\/(architecture|layers\/(targets|tokens)))\.ts$/,
  },
  {
    name: "transformer",
    test: /\/src\/engine\/(network\/(transformer|block|layers\/(attention|rmsnorm|prepend|bottleneck|relu|softmax|embedding|segments))|lora\/attachment)\.ts$/,
  },
];

/**
 * What a page's script shares with chunks that come later. In a chunk of its own, because a retry loads such a chunk with all it
 * imports under new addresses (src/shell/loader.ts), and the page's script must not run twice.
 */
const sharedChunk = {
  name: "shared",
  test: /\/src\/(shell\/(loader|patience|figure\/(notice|sizes))|components\/(quiz\/feedback|kept\/(askToKeep|keepText)))\.ts$|vite\/preload-helper/,
};

/**
 * The lists of what each widget imports, and Vite's helper that reads them, would be a fifth of every page's script. Without them a
 * chunk's imports are found when it has come.
 */
const noPreload = {
  name: "no preload",
  enforce: "pre" as const,
  // Astro sets this after our own settings.
  configResolved({environments}: {environments: Record<string, {build: {modulePreload: unknown}}>}) {
    environments.client!.build.modulePreload = false;
  },
  load: (id: string) =>
    id === "\0vite/preload-helper.js" ? "export const __vitePreload = (load) => load();" : undefined,
};

/** Astro marks its modules with a directive, which makes the bundler warn fourteen times about nothing. */
const isDirectiveWarning = ({code, message}: {code?: string | undefined; message: string}) =>
  code === "MODULE_LEVEL_DIRECTIVE" && message.includes("astro:head-inject");

/** Downloads and offline use are left out of the build with the test widget. */
const hasDownloads = process.env.PROBE !== "1";

export default defineConfig({
  site: site(process.env),
  base: process.env.BASE ?? "/",
  output: "static",
  trailingSlash: "always",
  compressHTML: true,
  devToolbar: {enabled: false},
  build: {format: "directory", inlineStylesheets: "never"},
  markdown: {
    shikiConfig: {transformers: [noTimeLimit]},
    processor: satteri({
      features: {math: true, headingAttributes: true},
      mdastPlugins: [stages],
      hastPlugins: [mathPlugin, tableNames],
    }),
  },
  integrations: [
    fonts(),
    mdx(),
    sitemap({filter: inSitemap}),
    embeds({hasDownloads, isLinked: site(process.env) !== unknownSite}),
    searchIndex(),
    licenses(),
    headers(),
    ...(hasDownloads ? [offline()] : []),
  ],
  vite: {
    build: {
      assetsInlineLimit: 0,
      target: targets,
      rolldownOptions: {onLog: (level, log, tell) => isDirectiveWarning(log) || tell(level, log)},
    },
    plugins: [noPreload],
    // Scripts and style sheets name each other by relative paths, so only pages depend on the base.
    experimental: {
      renderBuiltUrl: (file, {hostType}) => (hostType === "css" ? posix.relative("_astro", file) : {relative: true}),
    },
    worker: {
      format: "es",
      rolldownOptions: {
        output: {
          chunkFileNames: chunkName,
          codeSplitting: {includeDependenciesRecursively: false, groups: workerChunks},
        },
      },
    },
    environments: {
      client: {
        build: {
          rolldownOptions: {
            output: {
              chunkFileNames: chunkName,
              codeSplitting: {
                groups: [
                  controlsChunk,
                  ...keptChunks,
                  evidenceChunk,
                  dragsChunk,
                  linesChunk,
                  ...memoryChunks,
                  sharedChunk,
                ],
              },
            },
          },
        },
      },
    },
  },
});
