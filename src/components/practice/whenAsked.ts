/** Starts the form once it is needed: at once for an address with a case, otherwise when the reader comes to it. */
export function startWhenAsked(page: Document): void {
  const form = page.querySelector<HTMLFormElement>("form.case")!;
  const start = () => void import("./practicePage.ts").then((it) => it.startPractice(page));
  // A browser that goes back to the page may have kept what was typed.
  const isKept = [...form.querySelectorAll("input")].some((field) => field.value !== field.defaultValue);
  if (page.location.search || isKept) start();
  else form.addEventListener("focusin", start, {once: true});
}
