import {readFileSync} from "node:fs";
import {join} from "node:path";
import {gzipSync} from "node:zlib";
import type {Page} from "@playwright/test";
import {dist} from "./site.ts";

/** At most so many kB, as a host sends them, models aside: all that a page loads, its fonts, and its scripts before a reader scrolls. */
const EVERYTHING = {page: 450, embed: 160};
const FONTS = 220;
const SCRIPT = {withFigure: 120, without: 60};

/** Weights and word lists of trained models. */
const isModel = (path: string) =>
  /(\.weights|forge\.full|forge\.adapters|names|french|spanish)[-.][\w-]{8}\.js$/.test(path);
/** The same where they are in one script with the rest: an embed has no other such text. */
const weights = /[\w+/=]{2000,}/g;
const isFont = (path: string) => path.endsWith(".woff2");
const isPicture = (path: string) => path.endsWith(".png");
/** A frame on one of our pages is an embed, which has its own limit; it counts among all that the page loads. */
const isScript = (path: string) => path.endsWith(".js") && !path.includes("/js/v1/embed/");

function kB(path: string): number {
  const bytes = readFileSync(join(dist, path.endsWith("/") ? `${path}index.html` : path));
  if (isFont(path) || isPicture(path)) return bytes.length / 1000;
  return gzipSync(path.includes("/embed/") ? bytes.toString("utf8").replace(weights, "") : bytes).length / 1000;
}

/** Counts what a page and its workers ask for from now on. `atRest` is to be called before the page is scrolled. */
export function weighing(page: Page, path: string) {
  const asked = new Set<string>();
  page.on("request", (request) => {
    const {protocol, pathname} = new URL(request.url());
    if (protocol.startsWith("http")) asked.add(decodeURIComponent(pathname));
  });
  const weight = (isCounted: (path: string) => boolean) =>
    [...asked].filter((one) => isCounted(one) && !isModel(one)).reduce((sum, one) => sum + kB(one), 0);
  const excess = (what: string, is: number, most: number) =>
    is > most ? [`${path}: ${what} weighs ${is.toFixed(0)} kB, and ${most} are allowed`] : [];
  const isEmbed = path.startsWith("/embed/");
  return {
    /** A sentence for each limit that is exceeded. */
    atRest: async (): Promise<string[]> => {
      const hasFigure = (await page.locator("lora-widget").count()) > 0;
      return isEmbed ? [] : excess("its script", weight(isScript), hasFigure ? SCRIPT.withFigure : SCRIPT.without);
    },
    scrolled: (): string[] => [
      ...excess(
        "all of it",
        weight((one) => !isFont(one) && !isPicture(one)),
        EVERYTHING[isEmbed ? "embed" : "page"],
      ),
      ...excess("all fonts", weight(isFont), FONTS),
    ],
  };
}
