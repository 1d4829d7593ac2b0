/**
 * Runs in <head> before anything else, as an inline script that cannot fail to load, and tells the reader when another file of
 * the page did not load. It has to run in browsers that are too old for the rest of the site, so it is compiled for ES2015.
 */
import {LATE_AFTER, reloadButton} from "../../figure/errorNote.ts";

/** The oldest browsers, in words; the build puts them here (browsers.ts). */
declare const OLDEST: string;

const {dataset} = document.documentElement;
let isLate = false;
let isScriptLost = false;
let isSheetLost = false;
const bar = document.createElement("p");
bar.className = "trouble";
bar.setAttribute("role", "status");

/** What is wrong now, in sentences; empty if nothing is. */
function sentences(): string {
  if (dataset.why === "old")
    return `This browser is too old for the interactive figures. They need at least ${OLDEST}. The text is complete. `;
  let text = "";
  if (isScriptLost || (isLate && dataset.scripts !== "on"))
    text = "A script of this page has not loaded, so figures or questions do not work. ";
  if (isSheetLost || (isLate && sheetsOnTheirWay().length > 0))
    text += "A style sheet of this page has not loaded, so the page does not look as it should. ";
  return text;
}

/** Shows what is wrong now, in a bar that lies over the page and moves nothing. */
function draw() {
  if (!document.body) return void setTimeout(draw, 50);
  bar.textContent = sentences();
  bar.hidden = !bar.textContent;
  if (dataset.why !== "old") bar.appendChild(reloadButton(document));
  if (!bar.parentNode) document.body.insertBefore(bar, document.body.firstChild);
}

/** Notes that a script or a style sheet did not load. */
function noteError({target}: Event) {
  if (target instanceof HTMLLinkElement && target.rel === "stylesheet") isSheetLost = true;
  else if (target instanceof HTMLScriptElement && !target.async) isScriptLost = true;
  // A script that arrived incomplete raises its error on the window.
  else if (target === window && dataset.scripts !== "on") isScriptLost = true;
  else return;
  draw();
}

/** The style sheets that have not arrived. */
const sheetsOnTheirWay = () => {
  const links = document.querySelectorAll<HTMLLinkElement>("link[rel=stylesheet]:not([media=print])");
  return Array.from(links).filter(({sheet}) => !sheet);
};

/** A style sheet that does not arrive holds up painting and the scripts after it. This one, for no medium until it has loaded, does not. */
function unblock(sheet: HTMLLinkElement) {
  const copy = sheet.cloneNode() as HTMLLinkElement;
  copy.media = "not all";
  copy.onload = () => {
    copy.media = "all";
    draw();
  };
  sheet.parentNode!.replaceChild(copy, sheet);
}

/** Lacks `:has()` or `light-dark()`, the newest features that figures need. Both are tested: Firefox 120 has only the second. */
const isTooOld =
  typeof CSS === "undefined" || !CSS.supports("selector(:has(a))") || !CSS.supports("color", "light-dark(red, red)");

if (isTooOld) {
  dataset.why = "old";
  draw();
} else {
  dataset.scripts = "coming";
  addEventListener("error", noteError, true);
  setTimeout(() => {
    isLate = true;
    if (dataset.scripts === "coming") {
      dataset.why = "lost";
      dataset.scripts = "off";
    }
    sheetsOnTheirWay().forEach(unblock);
    if (sentences()) draw();
    new MutationObserver(draw).observe(document.documentElement, {attributeFilter: ["data-scripts"]});
  }, LATE_AFTER);
}
