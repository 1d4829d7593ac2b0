/** Whether an address belongs into the sitemap: pages for readers, not those in frames, in the cupboard, or for a wrong address. */
export const inSitemap = (address: string): boolean =>
  !/\/(embed|download)\/|\/404\/?$/.test(new URL(address).pathname);
