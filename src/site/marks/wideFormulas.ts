/** Lets the Tab key stop only at formulas that are wider than their box and therefore scroll. */
export async function startWideFormulas(root: Document): Promise<void> {
  const boxes = root.querySelectorAll<HTMLElement>(".katex-display[tabindex]");
  if (!boxes.length) return;
  // `fonts.ready` forces a layout, so it is asked for in a later task, after the page's other scripts.
  await new Promise((resolve) => setTimeout(resolve));
  // The width of a formula is known once its fonts are loaded.
  await root.fonts.ready;
  const observer = new ResizeObserver((entries) => {
    for (const {target} of entries) (target as HTMLElement).tabIndex = target.scrollWidth > target.clientWidth ? 0 : -1;
  });
  for (const box of boxes) observer.observe(box);
}
