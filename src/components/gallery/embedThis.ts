interface Figure extends HTMLElement {
  readonly state?: object;
  set(raw: object): Promise<unknown>;
}

/** The page's button for the dialog behind its figure's own; an address that ends in #embed presses it. */
export function startEmbedThis(root: Document) {
  const button = root.querySelector<HTMLButtonElement>("button.embed-this")!;
  const widget = root.querySelector<Figure>("lora-widget")!;
  button.addEventListener("click", async () => {
    // The page's scripts run in any order.
    await customElements.whenDefined("lora-widget");
    // A figure that is far away starts when it is told something.
    if (!widget.state) await widget.set({});
    widget.querySelector<HTMLElement>("[data-do=embed]")!.click();
  });
  const press = () => location.hash === "#embed" && button.click();
  addEventListener("hashchange", press);
  press();
}
