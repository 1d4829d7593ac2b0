import {defineForeign} from "./foreignElement.ts";

// This script is /js/v1/lora-widget.js of the site the widgets come from.
defineForeign({
  home: new URL("../../", import.meta.url).href,
  worker: new URL("./lora-worker.js", import.meta.url).href,
});
