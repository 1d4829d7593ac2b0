/** `tsc` does not read Astro files. `npm run quick` takes them as they come; `npm test` checks them. */
declare module "*.astro" {
  const component: import("astro/runtime/server/index.js").AstroComponentFactory;
  export default component;
}
