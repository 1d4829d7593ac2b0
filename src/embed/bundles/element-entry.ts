/** The script /js/v1/lora-widget.js of the site that the figures come from: defines the element. Its worker is beside it. */
import {defineForeign} from "./foreignElement.ts";

defineForeign({
  home: new URL(/* @vite-ignore */ "../../", import.meta.url).href,
  worker: new URL(import.meta.env.PUBLIC_WORKER, import.meta.url).href,
});
