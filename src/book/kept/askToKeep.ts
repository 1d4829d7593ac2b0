import {newButton} from "../../site/newButton.ts";
import type {Store} from "./store.ts";

/** Shows what could not be kept in the place's `.keeping` region. Returns whether there was anything new to show. */
export function showTrouble(store: Store, place: Element): boolean {
  const trouble = store.trouble();
  if (trouble === undefined) return false;
  const region = place.querySelector(".keeping")!;
  region.removeAttribute("data-asking");
  region.textContent = trouble;
  return true;
}

/**
 * To be called after the reader committed something: shows what could not be kept, or else asks, once a page, whether to
 * keep. Both go into the `.keeping` region of that place, which is in the HTML from the start so that screen readers
 * announce it. The question is laid over the foot of the window, where it moves no text. It stays until it is answered. Then
 * `onAnswer` is called, and the region says what was decided until the reader goes on.
 */
export function askToKeep(store: Store, place: Element, onAnswer: () => void = () => {}): void {
  const region = place.querySelector<HTMLElement>(".keeping")!;
  const root = region.ownerDocument;
  if (showTrouble(store, place) || store.consent !== "unasked" || root.querySelector("[data-asking]")) return;
  region.setAttribute("data-asking", "");
  // As a status it would be read aloud, with its buttons, over the feedback on the answer.
  region.setAttribute("role", "group");
  region.textContent = "Keep your answers and progress on this device? ";
  for (const [text, isYes] of [
    ["Keep", true],
    ["Don’t", false],
  ] as const) {
    const button = newButton(root, text, () => {
      store.answerConsent(isYes);
      region.setAttribute("role", "status");
      region.textContent =
        store.trouble() ?? (isYes ? "Kept on this device." : "Not kept. You will not be asked again on this page.");
      region.setAttribute("tabindex", "-1");
      region.focus();
      region.addEventListener(
        "blur",
        () => {
          region.removeAttribute("data-asking");
          region.replaceChildren();
        },
        {once: true},
      );
      onAnswer();
    });
    region.append(button, " ");
  }
}
