/** Lets the Tab key stop at formulas that are wider than their box, and so scroll, but not at those that fit. */
export async function startWideFormulas(root: Document): Promise<void> {
  const boxes = root.querySelectorAll<HTMLElement>(".katex-display[tabindex]");
  if (!boxes.length) return;
  // Asking for the fonts lays the page out at once. The other scripts of the page run before that, in a task of their own.
  await new Promise((resolve) => setTimeout(resolve));
  // The width of a formula is known once its fonts are loaded.
  await root.fonts.ready;
  const observer = new ResizeObserver((entries) => {
    for (const {target} of entries) (target as HTMLElement).tabIndex = target.scrollWidth > target.clientWidth ? 0 : -1;
  });
  for (const box of boxes) observer.observe(box);
}
