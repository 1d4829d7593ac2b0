import {highlight} from "./highlight.ts";

const INDENT = "    ";

/**
 * Makes a text box an editor for programs: a copy behind it shows colors, Tab indents until Escape is pressed, a new line is
 * indented as the one before, and Control + Enter runs.
 */
export function startEditor(box: HTMLTextAreaElement, paint: HTMLElement, run: () => void): void {
  /** Whether Tab leaves the box, as it does after Escape. */
  let isLeaving = false;
  const color = () => {
    const root = paint.ownerDocument;
    const pieces = highlight(box.value).map(({text, kind}) => {
      if (!kind) return text;
      const span = root.createElement("span");
      span.className = `code-${kind}`;
      span.textContent = text;
      return span;
    });
    // An empty last line has no height unless a line break follows.
    paint.replaceChildren(...pieces, "\n");
    follow();
  };
  /** Scrolls the copy as the box is scrolled. */
  const follow = () => {
    paint.scrollLeft = box.scrollLeft;
    paint.scrollTop = box.scrollTop;
  };
  box.addEventListener("input", color);
  box.addEventListener("scroll", follow);
  box.addEventListener("blur", () => {
    isLeaving = false;
  });
  const insert = (text: string) => {
    box.setRangeText(text, box.selectionStart, box.selectionEnd, "end");
    box.dispatchEvent(new Event("input", {bubbles: true}));
  };
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") isLeaving = true;
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      run();
    } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      const line = box.value.slice(0, box.selectionStart).split("\n").at(-1)!;
      insert(`\n${/^ */.exec(line)![0]}${/:\s*(#.*)?$/.test(line) ? INDENT : ""}`);
    } else if (event.key === "Tab" && !isLeaving && !event.shiftKey && !event.altKey && !event.ctrlKey) {
      event.preventDefault();
      insert(INDENT);
    } else if (!["Shift", "Tab"].includes(event.key)) isLeaving = false;
  });
  // When the reader goes back to the page, some browsers restore the text only after this script.
  addEventListener("pageshow", color);
  color();
}
