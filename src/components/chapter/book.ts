/**
 * Chapters as they are made for the screen → the parts of one long page for paper. Ids are made one of a kind by the name of
 * their part, links between the parts lead within the page, what is pressed or typed in is gone, and answers stand at the end.
 */

/** What only a screen has a use for. */
const FOR_SCREENS = [
  "script, style, link",
  ".card, .to, .set-back, .own-words, .take-along, .keeping, .copy-text, .all-works, .bib-file, .symbol-table",
  ".controls, .time, .tools, .data, .spoken, .notice, .guide, .paste, .presses, .tabs, .tracing:not([data-traced])",
  ".quiz-check, .quiz-feedback, .quiz-before, .quiz-see, .order-move, .code-keys, .code-paint, .code-data",
  ".interview-grade, .interview-said, .interview-before, .paper-table > details, a[download]",
].join(", ");

/** A question's answer, to stand at the end of the page. */
interface Answer {
  /** Its own anchor, and the question's. */
  id: string;
  asked: string;
  /** "Question 4.2" */
  name: string;
  html: string;
}

export interface Part {
  name: string;
  html: string;
  answers: readonly Answer[];
}

/** Where links lead: the site's root path with its slash, and the parts there are by the path below it. */
export interface Ways {
  base: string;
  /** "chapters/low-rank/" → "low-rank"; "glossary/" → "glossary" */
  parts: Readonly<Record<string, string>>;
}

/** Every `[data-part]` below the root, in its order; each is changed. Throws when two places would have one id. */
export function bookParts(root: Element, ways: Ways): Part[] {
  const parts = [...root.querySelectorAll<HTMLElement>("[data-part]")];
  const ids = new Set<string>();
  for (const part of parts) {
    plain(part);
    own(part, ids);
  }
  for (const part of parts) lead(part, ids, ways);
  return parts.map((part) => {
    const answers = takeAnswers(part);
    return {name: part.dataset.part!, html: part.innerHTML, answers};
  });
}

function plain(part: Element) {
  const document = part.ownerDocument;
  const all = (selector: string) => [...part.querySelectorAll<HTMLElement>(selector)];
  const become = (element: Element, tag: string) => {
    const other = document.createElement(tag);
    for (const {name, value} of [...element.attributes]) other.setAttribute(name, value);
    other.append(...element.childNodes);
    element.replaceWith(other);
    return other;
  };
  for (const element of all(FOR_SCREENS)) element.remove();
  // A landmark a chapter and figure would be a hundred of them.
  for (const element of all("section")) become(element, "div").removeAttribute("aria-labelledby");
  for (const element of all("[role=region]")) element.setAttribute("role", "group");
  for (const element of all(".symbols")) element.removeAttribute("aria-label");
  // Formulas are most of the page: what they are for programs is no part of it, nor are wrappers without a class.
  for (const element of all("math")) element.replaceChildren(...element.querySelector("mrow")!.childNodes);
  for (const element of all(".carded")) element.replaceWith(...element.childNodes);
  for (const element of all(".symbols button")) {
    const {symbol} = element.dataset;
    const word = become(element, "span");
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
  // Nothing in a still picture is pressed, turned or typed into.
  for (const element of all(".picture [tabindex], .picture [role=button], .picture [role=slider]")) {
    if (element.getAttribute("role") === "img") continue;
    for (const {name} of [...element.attributes])
      if (name === "tabindex" || name === "role" || name.startsWith("aria-")) element.removeAttribute(name);
  }
  for (const element of all(".picture :is(input, output, textarea)")) {
    const value = document.createElement("b");
    value.textContent = element.getAttribute("value") ?? element.textContent;
    element.replaceWith(value);
  }
  for (const element of all(".quiz-options input")) element.remove();
  for (const element of all(".quiz-options")) become(element, "ol").setAttribute("type", "a");
  for (const element of all(".quiz-options label, .quiz-number")) become(element, "div");
  for (const element of all(".quiz-number input")) become(element, "span").className = "blank";
  for (const element of all(".code-box")) {
    const pre = document.createElement("pre");
    pre.textContent = element.querySelector("textarea")?.textContent ?? "";
    element.replaceWith(pre);
  }
  for (const element of all("textarea, input")) element.remove();
  for (const element of all("label, fieldset, legend")) become(element, "div");
  // The page has a title of its own: every other heading is a level lower.
  for (const level of [4, 3, 2, 1]) for (const heading of all(`h${level}`)) become(heading, `h${level + 1}`);
  for (const element of all("details:not(.quiz-answer, .quiz-hint, .layer, .layer details)"))
    element.setAttribute("open", "");
}

/** What names other places by their ids, besides links. */
const NAMING = ["aria-labelledby", "aria-describedby", "for", "aria-controls"];

function own(part: HTMLElement, ids: Set<string>) {
  const prefix = part.dataset.part!;
  const named = (id: string) => `${prefix}-${id}`;
  for (const element of part.querySelectorAll("[id]")) {
    if (!element.id) {
      element.removeAttribute("id");
      continue;
    }
    element.id = named(element.id);
    if (ids.has(element.id)) throw new Error(`the book has two places of the id ${element.id}`);
    ids.add(element.id);
  }
  for (const attribute of NAMING)
    for (const element of part.querySelectorAll(`[${attribute}]`)) {
      const there = element
        .getAttribute(attribute)!
        .split(/\s+/)
        .map(named)
        .filter((id) => ids.has(id));
      if (there.length) element.setAttribute(attribute, there.join(" "));
      else element.removeAttribute(attribute);
    }
}

function lead(part: HTMLElement, ids: ReadonlySet<string>, {base, parts}: Ways) {
  const name = part.dataset.part!;
  const path = Object.keys(parts).find((one) => parts[one] === name)!;
  for (const link of part.querySelectorAll<HTMLAnchorElement>("a[href]")) {
    const url = new URL(link.getAttribute("href")!, `http://book${base}${path}`);
    if (url.host !== "book") continue;
    const id = decodeURIComponent(url.hash.slice(1));
    const to = parts[url.pathname.slice(base.length)];
    const figure = link.dataset.figure && `figure-${link.dataset.figure.replace(".", "-")}`;
    for (const key of ["figure", "widget", "params"]) delete link.dataset[key];
    if (figure) link.setAttribute("href", `#${within(ids, name, figure)}`);
    else if (to === undefined) link.setAttribute("href", url.pathname + url.search + url.hash);
    else if (id.startsWith("ref-")) link.setAttribute("href", `#${id}`);
    else link.setAttribute("href", `#${id ? within(ids, to, id) : to}`);
  }
}

/** A place of that id in a part. What a page shows twice, such as a table of the paper, has its id where it stands first. */
function within(ids: ReadonlySet<string>, part: string, id: string): string {
  const own = `${part}-${id}`;
  const found = ids.has(own) ? own : [...ids].find((one) => one.endsWith(`-${id}`));
  if (found === undefined) throw new Error(`the book has no place ${id} in ${part}`);
  return found;
}

/** Numbers the questions of a part, and takes their answers and hints out of it. */
function takeAnswers(part: HTMLElement): Answer[] {
  const document = part.ownerDocument;
  // Without its kind a question is no longer one that the page's script brings to life.
  for (const quiz of part.querySelectorAll<HTMLElement>(".quiz")) delete quiz.dataset.kind;
  const questions = [...part.querySelectorAll<HTMLElement>(".quiz, .interview")];
  return questions.map((question, i) => {
    const kicker = question.querySelector(".quiz-kicker")!;
    const name = `${kicker.querySelector("a")!.textContent} ${part.dataset.number}.${i + 1}`;
    kicker.querySelector("a")!.replaceWith(name);
    const id = `${question.id}-answer`;
    const html = [...question.querySelectorAll(".quiz-hint, .quiz-answer, .layer")].map((one) => opened(one)).join("");
    for (const one of question.querySelectorAll(".quiz-foot, .layer")) one.remove();
    const link = document.createElement("a");
    link.setAttribute("href", `#${id}`);
    link.className = "answered";
    link.textContent = "Its answer stands at the end";
    question.append(link);
    return {id, asked: question.id, name, html};
  });
}

/** A closed detail as it stands when it is opened: its summary is a line in bold. */
function opened(details: Element): string {
  for (const inner of details.querySelectorAll("details")) inner.outerHTML = opened(inner);
  const summary = details.querySelector("summary")!;
  const name = summary.textContent!;
  summary.remove();
  const isAnswer = details.classList.contains("quiz-answer");
  return `${isAnswer ? "" : `<p><b>${name}</b></p>`}${details.innerHTML}`;
}
