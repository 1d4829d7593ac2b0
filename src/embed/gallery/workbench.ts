/** The part of `<lora-widget>` that is used here. */
interface Figure extends HTMLElement {
  state?: Readonly<Record<string, unknown>>;
  set(raw: Readonly<Record<string, unknown>>): Promise<void>;
}

/** Sets width and theme of every widget of the page. "Draw twice" counts the nodes added by drawing the same state again. */
export function startWorkbench(form: HTMLFormElement) {
  const widgets = () => Array.from(document.querySelectorAll<Figure>("lora-widget"));
  form.addEventListener("change", () => {
    const {width, theme} = Object.fromEntries(new FormData(form)) as Record<string, string>;
    for (const {style} of widgets()) {
      style.maxWidth = width ? `${width}px` : "";
      style.colorScheme = theme;
    }
  });
  form.querySelector("button")!.addEventListener("click", async () => {
    let addedCount = 0;
    const observer = new MutationObserver((records) => {
      addedCount += records.reduce((sum, {addedNodes}) => sum + addedNodes.length, 0);
    });
    for (const widget of widgets()) {
      const picture = widget.querySelector(".picture");
      if (picture) observer.observe(picture, {childList: true, subtree: true});
      await widget.set(widget.state ?? {});
    }
    addedCount += observer.takeRecords().reduce((sum, {addedNodes}) => sum + addedNodes.length, 0);
    observer.disconnect();
    form.querySelector("output")!.textContent = `${addedCount} nodes made by drawing again; expected 0.`;
  });
}
