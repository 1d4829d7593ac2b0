/** The sitemap lists pages for readers: no embeds, downloads, print pages, and not the page for wrong addresses. */
export const inSitemap = (address: string): boolean =>
  !/\/(embed|download|print)\/|\/404\/?$/.test(new URL(address).pathname);
