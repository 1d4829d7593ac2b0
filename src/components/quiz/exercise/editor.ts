import {highlight} from "./highlight.ts";

const INDENT = "  ";

/**
 * Makes a text box one for programs: colored by a painting behind it, Tab indents until Escape was pressed, Control + Enter runs.
 */
export function startEditor(box: HTMLTextAreaElement, paint: HTMLElement, run: () => void): void {
  let leaving = false;
  const color = () => {
    const root = paint.ownerDocument;
    const pieces = highlight(box.value).map(({text, kind}) => {
      if (!kind) return text;
      const span = root.createElement("span");
      span.className = `code-${kind}`;
      span.textContent = text;
      return span;
    });
    // A last empty line has no height without a sign in it.
    paint.replaceChildren(...pieces, "\n");
    follow();
  };
  const follow = () => {
    paint.scrollLeft = box.scrollLeft;
    paint.scrollTop = box.scrollTop;
  };
  box.addEventListener("input", color);
  box.addEventListener("scroll", follow);
  box.addEventListener("blur", () => {
    leaving = false;
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") leaving = true;
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      run();
    } else if (event.key === "Tab" && !leaving && !event.shiftKey && !event.altKey && !event.ctrlKey) {
      event.preventDefault();
      box.setRangeText(INDENT, box.selectionStart, box.selectionEnd, "end");
      box.dispatchEvent(new Event("input", {bubbles: true}));
    } else if (!["Shift", "Tab"].includes(event.key)) leaving = false;
  });
  // A browser that goes back to the page may put the text in after this.
  addEventListener("pageshow", color);
  color();
}
