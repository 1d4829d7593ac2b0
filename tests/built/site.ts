/** The site as `astro build` left it, for tests that need no browser. */
import {existsSync, readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {parseHTML} from "linkedom";

export const root = new URL("../..", import.meta.url).pathname;
export const dist = join(root, "dist");
if (!existsSync(join(dist, "index.html"))) throw new Error("dist is empty: run npm run build first");

export const textOf = (file: string): string => readFileSync(join(dist, file), "utf8");

/** Every page's file below a built site's folder; what a reader takes away whole is no page of the site. */
export const pagesOf = (folder: string): string[] =>
  readdirSync(folder, {recursive: true, encoding: "utf8"})
    .filter((file) => file.endsWith(".html") && !file.startsWith("download/"))
    .sort();

export const pages = pagesOf(dist);

/** The address of a page's file below the site. */
export const addressOf = (file: string): string => `/${file.replace(/(^|\/)index\.html$/, "$1")}`;

export const documentOf = (file: string): Document => parseHTML(textOf(file)).document as unknown as Document;

/** Names of the folders below a folder of the site: chapters, widgets, embeds. */
export const namesIn = (folder: string): string[] =>
  readdirSync(join(dist, folder), {withFileTypes: true}).flatMap((entry) => (entry.isDirectory() ? entry.name : []));
