/** A formula that is wider than its box scrolls there and is reached by keys; one that fits is no stop on their way. */
export function startWide(root: Document): void {
  const boxes = [...root.querySelectorAll<HTMLElement>(".katex-display[tabindex]")];
  const look = () => {
    const fit = boxes.map(({scrollWidth, clientWidth}) => scrollWidth <= clientWidth);
    for (const [i, box] of boxes.entries()) box.tabIndex = fit[i] ? -1 : 0;
  };
  const observer = new ResizeObserver(look);
  for (const box of boxes) observer.observe(box);
  // What a formula takes is known once its letters are there.
  void root.fonts.ready.then(look);
}
