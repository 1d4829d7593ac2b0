/** The part of `<lora-widget>` that is used here. */
interface Figure extends HTMLElement {
  readonly state?: object;
  set(raw: object): Promise<unknown>;
}

/** Starts the page's button that opens the embed dialog of its figure. An address that ends in #embed presses it. */
export function startEmbedThis(root: Document) {
  const button = root.querySelector<HTMLButtonElement>("button.embed-this")!;
  const widget = root.querySelector<Figure>("lora-widget")!;
  button.addEventListener("click", async () => {
    // The script that defines the element may run later than this one.
    await customElements.whenDefined("lora-widget");
    // Starts a figure that is still out of view.
    if (!widget.state) await widget.set({});
    widget.querySelector<HTMLElement>("[data-do=embed]")!.click();
  });
  const press = () => location.hash === "#embed" && button.click();
  addEventListener("hashchange", press);
  press();
}
