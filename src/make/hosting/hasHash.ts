/** A file with a hash in its name, by its path below the site's root. */
export const hasHash = (path: string): boolean =>
  /^(_astro\/[\w.@-]+\.[\w-]{8}\.\w+|js\/v1\/[\w.-]+-[\w-]{8}\.js)$/.test(path);
