/**
 * Runs in <head> before anything else, as an inline script that cannot fail to load. It says what happens when another file
 * does, and offers to try again. It has to run in browsers that are too old for the rest of the site, so it is compiled for
 * ES2015 and uses nothing newer.
 */
import {renamed, respelled} from "../../shell/loader.ts";
import {SLOW, STUCK} from "../../shell/patience.ts";
import {trustedUrl} from "../../shell/trustedUrl.ts";

/** The oldest browsers, in words; the build puts them here (browsers.ts). */
declare const OLDEST: string;

const root = document.documentElement;
const {dataset} = root;
const isRunning = () => dataset.scripts === "on";

const texts = {
  late: "This page is still loading. Its figures and questions do not work yet.",
  lost: "The scripts of this page did not load, so its figures and questions do not work. The text is complete.",
  part: "A script of this page did not load, so some of the page does not work.",
  plain: "A style sheet of this page has not loaded, so the page does not look as it should. The text is complete.",
  old: `This browser is too old for the interactive figures. They need at least ${OLDEST}. The text is complete.`,
};
type Trouble = keyof typeof texts;

/** What is wrong now. draw() shows the gravest. */
const troubles: Trouble[] = [];
const order = Object.keys(texts) as Trouble[];
let bar: HTMLElement | undefined;
let attempt = 0;
let timers: ReturnType<typeof setTimeout>[] = [];

/** Lacks what figures need: code, or the colors of their marks. */
const isTooOld = () => {
  try {
    return !(
      "noModule" in HTMLScriptElement.prototype &&
      "customElements" in window &&
      "IntersectionObserver" in window &&
      "hasOwn" in Object &&
      "toSorted" in Array.prototype &&
      "replaceSync" in CSSStyleSheet.prototype &&
      CSS.supports("selector(:has(a))") &&
      CSS.supports("color", "light-dark(red, red)")
    );
  } catch {
    return true;
  }
};

/** Shows the gravest trouble in a bar that moves nothing on the page. */
function draw() {
  if (!document.body) return void setTimeout(draw, 50);
  if (!bar) {
    bar = document.createElement("p");
    bar.className = "trouble";
    bar.setAttribute("role", "status");
    document.body.insertBefore(bar, document.body.firstChild);
  }
  const worst = order.filter((one) => troubles.indexOf(one) >= 0).pop();
  bar.hidden = !worst;
  bar.textContent = worst ? `${texts[worst]} ` : "";
  if (!worst || worst === "old") return;
  if (worst !== "late") {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Try again";
    button.onclick = retry;
    bar.appendChild(button);
    bar.appendChild(document.createTextNode(" "));
  }
  const link = document.createElement("a");
  link.href = location.href;
  link.textContent = "Reload";
  link.onclick = () => {
    location.reload();
    return false;
  };
  bar.appendChild(link);
}

function say(trouble: Trouble) {
  if (troubles.indexOf(trouble) < 0) troubles.push(trouble);
  draw();
}

function unsay(...gone: Trouble[]) {
  if (!troubles.some((one) => gone.indexOf(one) >= 0)) return;
  for (const one of gone) if (troubles.indexOf(one) >= 0) troubles.splice(troubles.indexOf(one), 1);
  draw();
}

function lose() {
  if (isRunning()) return;
  dataset.scripts = "off";
  dataset.why = "lost";
  unsay("late");
  say("lost");
}

/** Waits for the scripts, which say themselves that they run. */
function wait() {
  timers.forEach(clearTimeout);
  dataset.scripts = "coming";
  const late = () => {
    if (isRunning()) return;
    dataset.why = "late";
    say("late");
  };
  timers = [setTimeout(late, SLOW), setTimeout(lose, STUCK)];
}

/** Another element for the same file, under an address that the browser has not tried. */
function copyOf<E extends HTMLScriptElement | HTMLLinkElement>(old: E, from: "src" | "href", spell = respelled): E {
  const copy = document.createElement(old.localName) as E;
  for (const {name, value} of Array.from(old.attributes)) if (name !== from) copy.setAttribute(name, value);
  const address = spell(old.getAttribute(from)!, attempt);
  copy.setAttribute(from, from === "src" ? trustedUrl(address) : address);
  return copy;
}

/** Scripts that failed, while others of the page run. */
let missing: HTMLScriptElement[] = [];
/** Style sheets that have not come. */
let sheets: HTMLLinkElement[] = [];

/** Beside scripts that run, a late one must share their modules: the page's store, and the element, which is defined once. */
function bringScript(old: HTMLScriptElement) {
  const copy = copyOf(old, "src", isRunning() ? renamed : respelled);
  // Scripts made by scripts are async by default, and are not counted as the page's own; this one is.
  copy.async = false;
  old.parentNode!.replaceChild(copy, old);
}

/** A style sheet for print does not hold up the page while it loads. Once loaded, it applies to all media. */
function bringSheet(old: HTMLLinkElement) {
  const copy = copyOf(old, "href");
  copy.media = "print";
  copy.onload = () => {
    copy.media = "all";
    sheets = sheets.filter((one) => one !== copy);
    if (sheets.length === 0) unsay("plain");
  };
  sheets.push(copy);
  old.parentNode!.replaceChild(copy, old);
  setTimeout(() => sheets.indexOf(copy) >= 0 && say("plain"), STUCK);
}

function retry() {
  attempt++;
  const scripts = isRunning()
    ? missing
    : Array.from(document.querySelectorAll<HTMLScriptElement>("script[src]:not([async])"));
  const links = sheets;
  missing = [];
  sheets = [];
  unsay("part", "lost", "plain");
  if (!isRunning()) wait();
  scripts.forEach(bringScript);
  links.forEach(bringSheet);
}

/** A style sheet was in the way, and is no longer. */
let isFree = false;

/** A style sheet that hangs blocks everything after it, scripts included. From here on it may arrive whenever it does. */
function letBy() {
  if (isFree && document.readyState === "interactive" && !isRunning()) {
    // Firefox waits for a sheet even after its link has gone, until the page is stopped.
    isFree = false;
    window.stop();
    setTimeout(() => {
      if (isRunning()) return;
      retry();
      // The sheet is as late as before.
      say("plain");
    }, 500);
  }
  for (const link of Array.from(document.querySelectorAll<HTMLLinkElement>("link[rel=stylesheet]")))
    if (!link.sheet && link.media !== "print") {
      bringSheet(link);
      say("plain");
      isFree = true;
    }
}

function loseSheet(link: HTMLLinkElement) {
  if (sheets.indexOf(link) < 0) sheets.push(link);
  say("plain");
}

function hear({target}: Event) {
  if (target instanceof HTMLLinkElement && target.rel === "stylesheet") loseSheet(target);
  else if (!isRunning()) {
    // A script that arrived incomplete raises its error on the window.
    if (target === window || (target instanceof HTMLScriptElement && !target.async)) lose();
  } else if (target instanceof HTMLScriptElement && target.type === "module" && !target.async) {
    missing.push(target);
    say("part");
  }
}

if (isTooOld()) {
  dataset.why = "old";
  say("old");
} else {
  wait();
  addEventListener("error", hear, true);
  addEventListener("online", () => troubles.length > 0 && retry());
  new MutationObserver(() => isRunning() && unsay("late", "lost")).observe(root, {attributeFilter: ["data-scripts"]});
  setTimeout(() => {
    const looking = setInterval(letBy, 500);
    letBy();
    addEventListener("load", () => clearInterval(looking));
  }, SLOW);
}
