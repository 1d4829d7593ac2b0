interface Figure extends HTMLElement {
  ready: Promise<unknown>;
  state?: object;
}

/** The page's button for the dialog behind its figure's own; an address that ends in #embed presses it. */
export function startEmbedThis(root: Document) {
  const button = root.querySelector<HTMLButtonElement>("button.embed-this")!;
  const widget = root.querySelector<Figure>("lora-widget")!;
  button.addEventListener("click", async () => {
    // A figure starts when it comes near.
    if (!widget.state) widget.scrollIntoView({block: "nearest"});
    await widget.ready;
    widget.querySelector<HTMLElement>("[data-do=embed]")!.click();
  });
  const press = () => location.hash === "#embed" && button.click();
  addEventListener("hashchange", press);
  press();
}
