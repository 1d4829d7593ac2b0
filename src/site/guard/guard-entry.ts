/**
 * Runs in <head> before anything else, as an inline script that cannot fail to load. It says when another file of the page
 * does. It has to run in browsers that are too old for the rest of the site, so it is compiled for ES2015.
 */
import {LATE, reloadButton} from "../../figure/errorNote.ts";

/** The oldest browsers, in words; the build puts them here (browsers.ts). */
declare const OLDEST: string;

const {dataset} = document.documentElement;
let isLate = false;
let isScriptLost = false;
let isSheetLost = false;
const bar = document.createElement("p");
bar.className = "trouble";
bar.setAttribute("role", "status");

function sentences(): string {
  if (dataset.why === "old")
    return `This browser is too old for the interactive figures. They need at least ${OLDEST}. The text is complete. `;
  let said = "";
  if (isScriptLost || (isLate && dataset.scripts !== "on"))
    said = "A script of this page has not loaded, so figures or questions do not work. ";
  if (isSheetLost || (isLate && sheetsOnTheirWay().length > 0))
    said += "A style sheet of this page has not loaded, so the page does not look as it should. ";
  return said;
}

/** Says what is wrong now, in a bar that moves nothing on the page. */
function draw() {
  if (!document.body) return void setTimeout(draw, 50);
  bar.textContent = sentences();
  bar.hidden = !bar.textContent;
  if (dataset.why !== "old") bar.appendChild(reloadButton(document));
  if (!bar.parentNode) document.body.insertBefore(bar, document.body.firstChild);
}

function hear({target}: Event) {
  if (target instanceof HTMLLinkElement && target.rel === "stylesheet") isSheetLost = true;
  else if (target instanceof HTMLScriptElement && !target.async) isScriptLost = true;
  // A script that arrived incomplete raises its error on the window.
  else if (target === window && dataset.scripts !== "on") isScriptLost = true;
  else return;
  draw();
}

const sheetsOnTheirWay = () => {
  const links = document.querySelectorAll<HTMLLinkElement>("link[rel=stylesheet]:not([media=print])");
  return Array.from(links).filter(({sheet}) => !sheet);
};

/** A style sheet that hangs holds up the scripts after it and the whole picture. One for no medium does not. */
function letBy(sheet: HTMLLinkElement) {
  const copy = sheet.cloneNode() as HTMLLinkElement;
  copy.media = "not all";
  copy.onload = () => {
    copy.media = "all";
    draw();
  };
  sheet.parentNode!.replaceChild(copy, sheet);
}

/** Of all that figures need, browsers had `light-dark()`, for the marks, last. */
const isTooOld =
  typeof CSS === "undefined" || !CSS.supports("selector(:has(a))") || !CSS.supports("color", "light-dark(red, red)");

if (isTooOld) {
  dataset.why = "old";
  draw();
} else {
  dataset.scripts = "coming";
  addEventListener("error", hear, true);
  setTimeout(() => {
    isLate = true;
    if (dataset.scripts === "coming") {
      dataset.why = "lost";
      dataset.scripts = "off";
    }
    sheetsOnTheirWay().forEach(letBy);
    if (sentences()) draw();
    new MutationObserver(draw).observe(document.documentElement, {attributeFilter: ["data-scripts"]});
  }, LATE);
}
