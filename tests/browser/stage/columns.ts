/**
 * Scrolls down the chapter by that many pixels at a time. Gives the windows whose second column is empty, and the pixels of the
 * longest stretch that is empty: what such windows in a row show of the page together. It ends at the page's. Runs on the page.
 */
export async function emptyStretches(step: number): Promise<{empty: number; most: number}> {
  const {moveTo} = window as unknown as {moveTo(y: number): void};
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const prose = document.querySelector(".prose")!;
  const bar = document.querySelector(".bar")!.getBoundingClientRect().height;
  // The second column begins beyond the middle of the window; a word or a drawing counts, a box that holds others does not.
  const isLeaf = (one: Element) =>
    !one.childElementCount || [...one.childNodes].some((child) => child.nodeType === 3 && child.textContent?.trim());
  const isThere = (one: Element) => {
    const {right, top, bottom, width} = one.getBoundingClientRect();
    return width > 8 && right > innerWidth / 2 + 100 && bottom > bar + 40 && top < innerHeight - 40;
  };
  const isFilled = () =>
    [...prose.querySelectorAll("*")].some((one) => isLeaf(one) && isThere(one) && one.checkVisibility());
  let [empty, row, most] = [0, 0, 0];
  for (let y = 0; y < document.documentElement.scrollHeight; y += step) {
    moveTo(y);
    await frame();
    if (y + innerHeight >= scrollY + prose.getBoundingClientRect().bottom) continue;
    row = isFilled() ? 0 : row + 1;
    if (row) empty++;
    if (row) most = Math.max(most, innerHeight - bar + (row - 1) * step);
  }
  return {empty, most};
}
