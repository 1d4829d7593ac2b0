/** The keys of a list under a field, as ARIA's combobox has them: the field keeps the focus and names the option that is active. */
export function chooser(field: HTMLInputElement, list: HTMLElement) {
  const all = () => Array.from(list.querySelectorAll<HTMLAnchorElement>("[role=option]"));
  let active: HTMLAnchorElement | undefined;

  function activate(option: HTMLAnchorElement | undefined, isSeen = true) {
    active?.setAttribute("aria-selected", "false");
    active = option;
    field.setAttribute("aria-expanded", String(all().length > 0));
    if (!option) return field.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    field.setAttribute("aria-activedescendant", option.id);
    if (isSeen) option.scrollIntoView({block: "nearest"});
  }

  field.addEventListener("keydown", (event) => {
    const options = all();
    const at = active ? options.indexOf(active) : -1;
    if (event.isComposing || !options.length) return;
    if (event.key === "Enter" && active) active.click();
    else if (event.key === "ArrowDown") activate(options[(at + 1) % options.length]);
    else if (event.key === "ArrowUp") activate(options.at(at < 0 ? -1 : at - 1));
    else return;
    event.preventDefault();
  });
  list.addEventListener("pointermove", ({target, pointerType}) => {
    const option = (target as Element).closest<HTMLAnchorElement>("[role=option]");
    if (pointerType === "mouse" && option && option !== active) activate(option, false);
  });
  // A press on the list leaves the focus in the field.
  list.addEventListener("mousedown", (event) => event.preventDefault());

  /** What Enter opens now: the best, once there is one. */
  return () => activate(all()[0]);
}
