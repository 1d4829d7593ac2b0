/**
 * Scrolls down the chapter by that many pixels at a time. Gives where windows begin whose right column is empty. It ends with the
 * chapter's text. Runs on the page.
 */
export async function emptyWindows(step: number): Promise<number[]> {
  const {moveTo} = window as unknown as {moveTo(y: number): void};
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const prose = document.querySelector(".prose")!;
  const bar = document.querySelector(".bar")!.getBoundingClientRect().height;
  // The right column begins beyond the middle of the window; text of full width reaches into it. A word or a drawing counts, a box that holds others does not.
  const isLeaf = (one: Element) =>
    !one.childElementCount || [...one.childNodes].some((child) => child.nodeType === 3 && child.textContent?.trim());
  const isThere = (one: Element) => {
    const {right, top, bottom, width} = one.getBoundingClientRect();
    return width > 8 && right > innerWidth / 2 + 100 && bottom > bar + 40 && top < innerHeight - 40;
  };
  const isFilled = () =>
    [...prose.querySelectorAll("*")].some((one) => isLeaf(one) && isThere(one) && one.checkVisibility());
  const empty: number[] = [];
  for (let y = 0; y < document.documentElement.scrollHeight; y += step) {
    moveTo(y);
    await frame();
    if (y + innerHeight < scrollY + prose.getBoundingClientRect().bottom && !isFilled()) empty.push(y);
  }
  return empty;
}
