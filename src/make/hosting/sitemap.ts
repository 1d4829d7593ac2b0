/** Whether an address belongs into the sitemap: pages for readers, not those in frames, to take along, for paper, or for a wrong address. */
export const inSitemap = (address: string): boolean =>
  !/\/(embed|download|print)\/|\/404\/?$/.test(new URL(address).pathname);
