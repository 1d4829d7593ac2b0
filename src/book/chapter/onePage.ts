/**
 * Turns chapters made for the screen into the parts of one long page for paper. Ids get the name of their part in front, links
 * between parts stay within the page, everything to press or type into is removed, and answers move to the end.
 */

/** What is only useful on a screen. */
const FOR_SCREENS = [
  "script, style, link",
  ".card, .to, .take-along, .keeping, .copy-text, .all-works, .bib-file, .symbol-table",
  ".controls, .time, .tools, .data, .says, .spoken, .notice, .guide, .paste, .presses, .tabs, .tracing:not([data-traced])",
  ".quiz-check, .quiz-feedback, .quiz-before, .quiz-see, .order-move, .code-keys, .code-data",
  // The MathML of formulas that screen readers skip anyway.
  '[aria-hidden="true"] .katex-mathml',
  ".interview-grade, .interview-said, .interview-before, .paper-table > details, a[download]",
].join(", ");

/** The parts of a drawing that only a pointer shows. */
const ONLY_FOR_POINTERS = ".still svg :is(title, .picker, .pull, .nearby, .grip, .cells)";

/** An answer, for the end of the page. */
interface Answer {
  /** The anchor of the answer. */
  id: string;
  /** The anchor of its question. */
  questionId: string;
  /** "Question 4.2" */
  name: string;
  html: string;
}

/** A chapter or the glossary, made for paper. */
interface Part {
  name: string;
  html: string;
  answers: readonly Answer[];
}

/** Where links lead: the root path of the site, with its slash, and the name of each part by its path below the root. */
interface LinkTargets {
  base: string;
  /** "chapters/low-rank/" → "low-rank"; "glossary/" → "glossary" */
  parts: Readonly<Record<string, string>>;
}

/** Every `[data-part]` below the root, changed in place. Throws when two elements would have the same id. */
export function bookParts(root: Element, targets: LinkTargets): Part[] {
  const parts = [...root.querySelectorAll<HTMLElement>("[data-part]")];
  const ids = new Set<string>();
  for (const part of parts) {
    makePlain(part);
    renameIds(part, ids);
  }
  for (const part of parts) relink(part, ids, targets);
  return parts.map((part) => {
    const answers = takeAnswers(part);
    return {name: part.dataset.part!, html: part.innerHTML, answers};
  });
}

/** Replaces an element by one with another tag, which has its attributes and its content. */
function replaceTag(element: Element, tag: string): HTMLElement {
  const other = element.ownerDocument.createElement(tag);
  for (const {name, value} of [...element.attributes]) other.setAttribute(name, value);
  other.append(...element.childNodes);
  element.replaceWith(other);
  return other;
}

/** Turns a part for the screen into one for paper: no controls, no landmarks, figures as still pictures, headings one level lower. */
function makePlain(part: Element) {
  const document = part.ownerDocument;
  const all = (selector: string) => [...part.querySelectorAll<HTMLElement>(selector)];
  for (const element of all(FOR_SCREENS)) element.remove();
  // As sections, all chapters and figures would be about a hundred landmarks.
  for (const element of all("section")) replaceTag(element, "div").removeAttribute("aria-labelledby");
  for (const element of all("[role=region]")) element.setAttribute("role", "group");
  for (const element of all(".symbols")) element.removeAttribute("aria-label");
  for (const element of all(".carded")) element.replaceWith(...element.childNodes);
  for (const element of all(".symbols button")) {
    const {symbol} = element.dataset;
    const word = replaceTag(element, "span");
    for (const name of ["type", "aria-pressed"]) word.removeAttribute(name);
    word.dataset.symbol = symbol;
  }
  for (const element of all("button")) element.remove();
  for (const widget of all("lora-widget")) {
    const still = document.createElement("div");
    still.className = "still";
    still.id = widget.id;
    still.dataset.name = widget.getAttribute("name")!;
    still.append(...widget.childNodes);
    widget.replaceWith(still);
  }
  // A still picture has no controls, but a wide table in it is scrolled by keys.
  for (const element of all(".picture [tabindex], .picture [role=button], .picture [role=slider]")) {
    if (element.getAttribute("role") === "img" || element.classList.contains("scroller")) continue;
    for (const {name} of [...element.attributes])
      if (name === "tabindex" || name === "role" || name.startsWith("aria-")) element.removeAttribute(name);
  }
  for (const element of all(ONLY_FOR_POINTERS)) element.remove();
  // A phrase that is a formula alone has no other name than its title.
  for (const element of all("[title]:not(.set)")) element.removeAttribute("title");
  for (const element of all(".picture :is(input, output, textarea)")) {
    const value = document.createElement("b");
    value.textContent = element.getAttribute("value") ?? element.textContent;
    element.replaceWith(value);
  }
  plainQuestions(part);
  for (const element of all("textarea, input")) element.remove();
  for (const element of all("label, fieldset, legend")) replaceTag(element, "div");
  // The page has a title of its own, so every heading moves down one level.
  for (const level of [4, 3, 2, 1]) for (const heading of all(`h${level}`)) replaceTag(heading, `h${level + 1}`);
  for (const element of all("details:not(.quiz-answer, .quiz-hint, .layer, .layer details)"))
    element.setAttribute("open", "");
}

/** Makes questions ready for paper: options get letters, fields become blanks, answers lose what only scripts read. */
function plainQuestions(part: Element) {
  const document = part.ownerDocument;
  const all = (selector: string) => [...part.querySelectorAll<HTMLElement>(selector)];
  for (const element of all(".quiz-options input")) element.remove();
  for (const element of all(".quiz-options")) replaceTag(element, "ol").setAttribute("type", "a");
  for (const element of all(".quiz-options label, .quiz-number")) replaceTag(element, "div");
  for (const element of all(".quiz-number input")) {
    const blank = document.createElement("span");
    blank.className = "blank";
    element.replaceWith(blank);
  }
  for (const element of all(".code-box")) {
    const pre = document.createElement("pre");
    pre.textContent = element.textContent;
    element.replaceWith(pre);
  }
  for (const element of all(".quiz-answer data")) element.replaceWith(...element.childNodes);
  for (const element of all("[data-evidence]")) element.removeAttribute("data-evidence");
}

/** Attributes besides links that refer to ids. */
const ID_ATTRIBUTES = ["aria-labelledby", "aria-describedby", "for", "aria-controls"];

/** Puts the part's name in front of its ids and of what refers to them. `ids` collects the ids of all parts. */
function renameIds(part: HTMLElement, ids: Set<string>) {
  const prefix = part.dataset.part!;
  const withPrefix = (id: string) => `${prefix}-${id}`;
  for (const element of part.querySelectorAll("[id]")) {
    if (!element.id) {
      element.removeAttribute("id");
      continue;
    }
    element.id = withPrefix(element.id);
    if (ids.has(element.id)) throw new Error(`the book has two places of the id ${element.id}`);
    ids.add(element.id);
  }
  for (const attribute of ID_ATTRIBUTES)
    for (const element of part.querySelectorAll(`[${attribute}]`)) {
      const targets = element
        .getAttribute(attribute)!
        .split(/\s+/)
        .map(withPrefix)
        .filter((id) => ids.has(id));
      if (targets.length) element.setAttribute(attribute, targets.join(" "));
      else element.removeAttribute(attribute);
    }
}

/** Makes links between parts lead to places on the page. Other links of the site get their full path. */
function relink(part: HTMLElement, ids: ReadonlySet<string>, {base, parts}: LinkTargets) {
  const name = part.dataset.part!;
  const path = Object.keys(parts).find((one) => parts[one] === name)!;
  for (const link of part.querySelectorAll<HTMLAnchorElement>("a[href]")) {
    const url = new URL(link.getAttribute("href")!, `http://book${base}${path}`);
    if (url.host !== "book") continue;
    const id = decodeURIComponent(url.hash.slice(1));
    const to = parts[url.pathname.slice(base.length)];
    const figure = link.dataset.figure && `figure-${link.dataset.figure.replace(".", "-")}`;
    for (const key of ["figure", "widget", "params"]) delete link.dataset[key];
    if (figure) link.setAttribute("href", `#${idIn(ids, name, figure)}`);
    else if (to === undefined) link.setAttribute("href", url.pathname + url.search + url.hash);
    else if (id.startsWith("ref-")) link.setAttribute("href", `#${id}`);
    else link.setAttribute("href", `#${id ? idIn(ids, to, id) : to}`);
  }
}

/** The id of a place in a part. What appears twice, such as a table of the paper, has its id only where it appears first, perhaps in another part. */
function idIn(ids: ReadonlySet<string>, part: string, id: string): string {
  const idInPart = `${part}-${id}`;
  const found = ids.has(idInPart) ? idInPart : [...ids].find((one) => one.endsWith(`-${id}`));
  if (found === undefined) throw new Error(`the book has no place ${id} in ${part}`);
  return found;
}

/** Numbers the questions of a part, and removes their answers and hints from it. */
function takeAnswers(part: HTMLElement): Answer[] {
  const document = part.ownerDocument;
  // Without a kind, the page's script does not start a question.
  for (const quiz of part.querySelectorAll<HTMLElement>(".quiz")) delete quiz.dataset.kind;
  const questions = [...part.querySelectorAll<HTMLElement>(".quiz, .interview")];
  return questions.map((question, i) => {
    const kicker = question.querySelector(".quiz-kicker")!;
    const name = `${kicker.querySelector("a")!.textContent} ${part.dataset.number}.${i + 1}`;
    kicker.querySelector("a")!.replaceWith(name);
    const id = `${question.id}-answer`;
    const html = [...question.querySelectorAll(".quiz-hint, .quiz-answer, .layer")]
      .map((one) => openDetails(one))
      .join("");
    for (const one of question.querySelectorAll(".quiz-foot, .layer")) one.remove();
    const link = document.createElement("a");
    link.setAttribute("href", `#${id}`);
    link.className = "answered";
    link.textContent = "Its answer is at the end";
    question.append(link);
    return {id, questionId: question.id, name, html};
  });
}

/** The content of a `<details>`, below its summary as a bold line. */
function openDetails(details: Element): string {
  for (const inner of details.querySelectorAll("details")) inner.outerHTML = openDetails(inner);
  const summary = details.querySelector("summary")!;
  const name = summary.textContent!;
  summary.remove();
  const isAnswer = details.classList.contains("quiz-answer");
  return `${isAnswer ? "" : `<p><b>${name}</b></p>`}${details.innerHTML}`;
}
