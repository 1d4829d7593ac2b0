import {errorNote, whenLate} from "../figure/errorNote.ts";

/** Loads the script of the form and the files, and says if it is late or does not load. */
export function loadForm(page: Document): void {
  // The address of the case is printed with it.
  page.defaultView!.addEventListener("beforeprint", () => {
    page.querySelector(".case-address")!.textContent = page.location.href;
  });
  const form = page.querySelector<HTMLFormElement>("form.case")!;
  let note: HTMLElement | undefined;
  const say = (text: string) => {
    note?.remove();
    note = errorNote(page, text);
    form.after(note);
  };
  whenLate(import("./practicePage.ts"), (isLate) =>
    isLate ? say("The script of this form has not loaded yet, so the answer does not follow it.") : note?.remove(),
  ).then(
    (it) => it.startPractice(page),
    () => say("The script of this form did not load, so the answer does not follow it."),
  );
}
