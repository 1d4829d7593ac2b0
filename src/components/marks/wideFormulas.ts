/** A formula that is wider than its box scrolls there and is reached by keys; one that fits is no stop on their way. */
export async function startWideFormulas(root: Document): Promise<void> {
  // What a formula takes is known once its letters are there.
  await root.fonts.ready;
  const observer = new ResizeObserver((entries) => {
    for (const {target} of entries) (target as HTMLElement).tabIndex = target.scrollWidth > target.clientWidth ? 0 : -1;
  });
  for (const box of root.querySelectorAll(".katex-display[tabindex]")) observer.observe(box);
}
