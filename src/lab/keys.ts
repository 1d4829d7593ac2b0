/** Elements that use keys themselves while they have the focus. */
const KEY_USERS = "a, button, input, textarea, select, summary, [role=button], [contenteditable]";

/** Starts the keys of the lab: Space starts and pauses the run, 1 to 4 move the switch, Escape folds the settings. */
export function startKeys(root: Document): void {
  root.addEventListener("keydown", (event) => {
    const {key, target, ctrlKey, metaKey, altKey, defaultPrevented} = event;
    const figure = root.querySelector('lora-widget[name="lab"] > .widget');
    // An open dialog, or a figure opened over the page, uses the keys itself.
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
    else if (target instanceof Element && target.closest(KEY_USERS) && !(key === " " && isChosen(target, figure)))
      return;
    else if (key === " ") figure.querySelector<HTMLElement>(".time > [data-do=play]")?.click();
    else if (/^[1-4]$/.test(key)) figure.querySelectorAll<HTMLElement>(".switch .radio")[Number(key) - 1]?.click();
    else return;
    if (key === " ") event.preventDefault();
  });
}

/** Whether this is a radio button of the lab that is chosen already. Space does nothing there, and a click leaves the focus on it. */
const isChosen = (target: Element, figure: Element): boolean => {
  const {type, checked} = target as HTMLInputElement;
  return type === "radio" && checked && figure.contains(target);
};

/** Closes the settings. If the focus was inside, it goes to their summary. */
function fold(figure: Element) {
  const more = figure.querySelector<HTMLDetailsElement>(".controls > .more[open]");
  if (!more) return;
  const isInside = more.contains(more.ownerDocument.activeElement);
  more.open = false;
  if (isInside) more.querySelector("summary")!.focus();
}
