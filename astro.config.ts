import {posix} from "node:path";
import {satteri} from "@astrojs/markdown-satteri";
import mdx from "@astrojs/mdx";
import sitemap from "@astrojs/sitemap";
import {defineConfig} from "astro/config";
import {embeds} from "./src/embed/bundles/embeds.ts";
import {browserTargets} from "./src/site/guard/browsers.ts";
import {headers} from "./src/site/hosting/headers.ts";
import {offline} from "./src/site/hosting/offline.ts";
import {packedFiles} from "./src/site/hosting/packedFiles.ts";
import {inSitemap} from "./src/site/hosting/sitemap.ts";
import {licenses} from "./src/site/licenses/licenses.ts";
import {mathPlugin} from "./src/site/markdown/math.ts";
import {noTimeLimit} from "./src/site/markdown/noTimeLimit.ts";
import {stagesPlugin} from "./src/site/markdown/stages.ts";
import {tableNames} from "./src/site/markdown/tableNames.ts";
import {siteOrigin, unknownSite} from "./src/site/marks/siteAddress.ts";
import {searchIndex} from "./src/site/search/searchIndex.ts";

/** Astro marks its modules with a directive that the bundler does not know. Its warning means nothing. */
const isDirectiveWarning = ({code, message}: {code?: string | undefined; message: string}) =>
  code === "MODULE_LEVEL_DIRECTIVE" && message.includes("astro:head-inject");

/** The build of the tests, which has a test widget (PROBE=1), leaves out downloads, figures' scripts for frames and the offline copy. */
const hasDownloads = process.env.PROBE !== "1";

export default defineConfig({
  site: siteOrigin(process.env),
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
      mdastPlugins: [stagesPlugin],
      hastPlugins: [mathPlugin, tableNames],
    }),
  },
  integrations: [
    mdx(),
    sitemap({filter: inSitemap}),
    embeds({hasDownloads, isLinked: siteOrigin(process.env) !== unknownSite}),
    searchIndex(),
    licenses(),
    headers(),
    ...(hasDownloads ? [offline()] : []),
  ],
  vite: {
    plugins: [packedFiles()],
    build: {
      assetsInlineLimit: 0,
      target: browserTargets,
      rolldownOptions: {onLog: (level, log, tell) => isDirectiveWarning(log) || tell(level, log)},
    },
    // Scripts and style sheets name each other by relative paths, so only pages depend on the base.
    experimental: {
      renderBuiltUrl: (file, {hostType}) => (hostType === "css" ? posix.relative("_astro", file) : {relative: true}),
    },
    worker: {format: "es"},
  },
});
