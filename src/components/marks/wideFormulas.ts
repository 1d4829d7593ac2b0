/** Lets the Tab key stop at formulas that are wider than their box, and so scroll, but not at those that fit. */
export async function startWideFormulas(root: Document): Promise<void> {
  // The width of a formula is known once its fonts are loaded.
  await root.fonts.ready;
  const observer = new ResizeObserver((entries) => {
    for (const {target} of entries) (target as HTMLElement).tabIndex = target.scrollWidth > target.clientWidth ? 0 : -1;
  });
  for (const box of root.querySelectorAll(".katex-display[tabindex]")) observer.observe(box);
}
