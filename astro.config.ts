import mdx from "@astrojs/mdx";
import {defineConfig} from "astro/config";

export default defineConfig({
  site: process.env.SITE ?? "http://localhost:4321",
  base: process.env.BASE ?? "/",
  output: "static",
  trailingSlash: "always",
  compressHTML: true,
  devToolbar: {enabled: false},
  build: {format: "directory", inlineStylesheets: "never"},
  integrations: [mdx()],
  vite: {build: {assetsInlineLimit: 0}},
});
