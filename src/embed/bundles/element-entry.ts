import {defineForeign} from "./foreignElement.ts";

// This script is /js/v1/lora-widget.js of the site the widgets come from; its worker is beside it.
defineForeign({
  home: new URL(/* @vite-ignore */ "../../", import.meta.url).href,
  worker: new URL(import.meta.env.PUBLIC_WORKER, import.meta.url).href,
});
