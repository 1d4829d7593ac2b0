/** Runs on every page of a portable site. On one opened from a disk it loads the script that holds all of the page's modules. */
import {trustedUrl} from "../../shell/trustedUrl.ts";

const own = document.currentScript as HTMLScriptElement;
if (location.protocol === "file:") {
  const script = document.createElement("script");
  script.src = trustedUrl(own.src.replace(/[^/]*$/, own.dataset.all!));
  document.head.append(script);
}
