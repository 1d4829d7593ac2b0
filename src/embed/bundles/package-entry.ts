/** The script of the element's package: defines the element, whose links lead to the site it was built for. On a server it does nothing. */
import {defineForeign} from "./foreignElement.ts";

if (globalThis.customElements)
  defineForeign({
    home: import.meta.env.PUBLIC_HOME,
    worker: new URL(import.meta.env.PUBLIC_WORKER, import.meta.url).href,
  });
