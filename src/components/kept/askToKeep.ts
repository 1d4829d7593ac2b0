import type {Keep} from "./store.ts";

/** Says what could not be kept, where there is something new of that. */
export function tellTrouble(keep: Keep, place: Element): boolean {
  const trouble = keep.trouble();
  if (trouble === undefined) return false;
  const region = place.querySelector(".keeping")!;
  region.removeAttribute("data-asking");
  region.textContent = trouble;
  return true;
}

/**
 * After something was committed: says what could not be kept, or asks once whether to keep. Fills the `.keeping` region
 * of that place, which stands in the HTML so that it is announced. The question stays there until it is answered.
 */
export function askToKeep(keep: Keep, place: Element, answered: () => void = () => {}): void {
  const region = place.querySelector(".keeping")!;
  const root = region.ownerDocument;
  if (tellTrouble(keep, place) || keep.consent !== "unasked" || root.querySelector("[data-asking]")) return;
  region.setAttribute("data-asking", "");
  // A status would speak it, buttons and all, over what is said of the answer.
  region.setAttribute("role", "group");
  region.textContent = "Keep your answers and progress on this device? ";
  for (const [text, yes] of [
    ["Keep", true],
    ["Don’t", false],
  ] as const) {
    const button = root.createElement("button");
    button.type = "button";
    button.textContent = text;
    button.addEventListener("click", () => {
      keep.allow(yes);
      region.removeAttribute("data-asking");
      region.setAttribute("role", "status");
      region.textContent =
        keep.trouble() ?? (yes ? "Kept on this device." : "Not kept. You will not be asked again on this page.");
      region.setAttribute("tabindex", "-1");
      (region as HTMLElement).focus();
      answered();
    });
    region.append(button, " ");
  }
}
