/**
 * Makes a field and the list below it an ARIA combobox: the field keeps the focus and names the active option. Returns a
 * function that activates the first option.
 */
export function combobox(field: HTMLInputElement, list: HTMLElement) {
  const all = () => Array.from(list.querySelectorAll<HTMLAnchorElement>("[role=option]"));
  let active: HTMLAnchorElement | undefined;

  function activate(option: HTMLAnchorElement | undefined, isScrolledTo = true) {
    active?.setAttribute("aria-selected", "false");
    active = option;
    field.setAttribute("aria-expanded", String(all().length > 0));
    if (!option) return field.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    field.setAttribute("aria-activedescendant", option.id);
    if (isScrolledTo) option.scrollIntoView({block: "nearest"});
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
  // Pressing the list would take the focus out of the field.
  list.addEventListener("mousedown", (event) => event.preventDefault());

  return () => activate(all()[0]);
}
