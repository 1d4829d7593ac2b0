import {errorNote, whenLate} from "../figure/errorNote.ts";

/** Starts the form once it is needed: at once for an address with a case, otherwise when the reader comes to it. */
export function startWhenAsked(page: Document): void {
  // Paper has the address of what it shows.
  page.defaultView!.addEventListener("beforeprint", () => {
    page.querySelector(".case-address")!.textContent = page.location.href;
  });
  const form = page.querySelector<HTMLFormElement>("form.case")!;
  let isAsked = false;
  let note: HTMLElement | undefined;
  const say = (text: string) => {
    note?.remove();
    note = errorNote(page, text);
    form.after(note);
  };
  const start = () => {
    if (isAsked) return;
    isAsked = true;
    whenLate(import("./practicePage.ts"), (isLate) =>
      isLate
        ? say("The script of this form has not loaded yet, so the answer below does not follow it.")
        : note?.remove(),
    ).then(
      (it) => it.startPractice(page),
      () => say("The script of this form did not load, so the answer below does not follow it."),
    );
  };
  // A browser that goes back to the page may have kept what was typed.
  const isKept = [...form.querySelectorAll("input")].some((field) => field.value !== field.defaultValue);
  if (page.location.search || isKept) start();
  // Some means of input change a field without its ever having the focus.
  else for (const way of ["focusin", "input"]) form.addEventListener(way, start);
}
