import {defineForeign} from "./foreignElement.ts";

// The element as a package: links lead to the site it was built for. On a server nothing is defined.
if (globalThis.customElements)
  defineForeign({
    home: import.meta.env.PUBLIC_HOME,
    worker: new URL(import.meta.env.PUBLIC_WORKER, import.meta.url).href,
  });
