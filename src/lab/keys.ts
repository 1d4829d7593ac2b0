/** Where a key belongs to what has the focus. */
const TAKEN = "a, button, input, textarea, select, summary, [role=button], [contenteditable]";

/** The keys of the lab: Space sets it going, 1 to 4 move the switch, Escape folds the settings. */
export function startKeys(root: Document): void {
  root.addEventListener("keydown", (event) => {
    const {key, target, ctrlKey, metaKey, altKey, defaultPrevented} = event;
    const figure = root.querySelector('lora-widget[name="lab"] > .widget');
    // An open dialog, or a figure over the page, has the keys.
    if (
      !figure ||
      defaultPrevented ||
      ctrlKey ||
      metaKey ||
      altKey ||
      root.querySelector("dialog[open], [popover]:popover-open")
    )
      return;
    if (key === "Escape") fold(figure);
    else if (target instanceof Element && target.closest(TAKEN) && !(key === " " && isChosen(target, figure))) return;
    else if (key === " ") figure.querySelector<HTMLElement>(".time > [data-do=play]")?.click();
    else if (/^[1-4]$/.test(key)) figure.querySelectorAll<HTMLElement>(".switch .radio")[Number(key) - 1]?.click();
    else return;
    if (key === " ") event.preventDefault();
  });
}

/** A choice of the lab that is made: Space has nothing to do there, and a press with the mouse leaves the focus on it. */
const isChosen = (target: Element, figure: Element): boolean => {
  const {type, checked} = target as HTMLInputElement;
  return type === "radio" && checked && figure.contains(target);
};

/** Closes the settings; the focus, if it was inside, goes to their line. */
function fold(figure: Element) {
  const more = figure.querySelector<HTMLDetailsElement>(".controls > .more[open]");
  if (!more) return;
  const isInside = more.contains(more.ownerDocument.activeElement);
  more.open = false;
  if (isInside) more.querySelector("summary")!.focus();
}
