import {replacements} from "../../figure/replacements.ts";

/**
 * The sitemap lists pages for readers: no embeds, downloads, print pages, names of figures of earlier editions, and not the page for
 * wrong addresses.
 */
export const inSitemap = (address: string): boolean => {
  const {pathname} = new URL(address);
  const isReplaced = Object.keys(replacements).some((name) => pathname.includes(`/widgets/${name}/`));
  return !isReplaced && !/\/(embed|download|print)\/|\/404\/?$/.test(pathname);
};
