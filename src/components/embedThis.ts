import type {Live} from "../widgets/live.ts";

/** The page's button for the dialog behind its figure's own; an address that ends in #embed presses it. */
export function startEmbedThis(root: Document) {
  const button = root.querySelector<HTMLButtonElement>("button.embed-this")!;
  const widget = root.querySelector<HTMLElement & {ready: Promise<Live>}>("lora-widget")!;
  button.addEventListener("click", async () => {
    await widget.ready;
    widget.querySelector<HTMLElement>("[data-do=embed]")!.click();
  });
  const press = () => location.hash === "#embed" && button.click();
  addEventListener("hashchange", press);
  press();
}
