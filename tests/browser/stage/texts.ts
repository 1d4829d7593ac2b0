/** A block of text of a chapter: its words, and where it stands on the page. */
export interface Block {
  words: string;
  left: number;
  top: number;
  width: number;
  height: number;
}

/** The blocks of a chapter's text outside its figures, in their order. Runs on the page. */
export function blocksOfText(): Block[] {
  const blocks = ":is(p, li, h2, h3, summary, .katex-display, aside, table)";
  const all = [...document.querySelectorAll<HTMLElement>(`.prose ${blocks}:not(lora-widget *)`)];
  return all
    .filter((one) => one.checkVisibility())
    .map((one) => {
      const {left, top, width, height} = one.getBoundingClientRect();
      return {words: one.textContent!.trim().slice(0, 30), left, top: top + scrollY, width, height};
    });
}

/** The block that moved farthest, as “30 px: The first words”; nothing where all stand as before, to a pixel. */
export function farthest(before: readonly Block[], after: readonly Block[]): string | undefined {
  if (before.length !== after.length) return `${after.length - before.length} blocks of text came`;
  const moved = before.map(({words, ...old}, i) => {
    const now = after[i]!;
    return {words, by: Math.max(Math.abs(now.top - old.top), Math.abs(now.left - old.left))};
  });
  const {words, by} = moved.toSorted((a, b) => b.by - a.by)[0] ?? {words: "", by: 0};
  return by >= 1 ? `${by.toFixed(0)} px: ${words}` : undefined;
}

/**
 * The layout shift of the text below a figure whose lower edge is at the middle of the window: the share of the window
 * that the text covers before or after, times the share of the window's longer side by which it moved. As browsers count it,
 * who leave out what follows a key or a press at once.
 */
export function shiftBelow(
  before: readonly Block[],
  after: readonly Block[],
  foot: number,
  [width, height]: readonly [number, number],
): number {
  const [from, to] = [foot - height / 2, foot + height / 2];
  let [area, most] = [0, 0];
  for (const [i, old] of before.entries()) {
    const now = after[i] ?? old;
    const by = Math.abs(now.top - old.top);
    if (old.top < foot - 1 || by < 1) continue;
    const [top, bottom] = [Math.min(old.top, now.top), Math.max(old.top + old.height, now.top + now.height)];
    area += old.width * Math.max(0, Math.min(bottom, to) - Math.max(top, from));
    most = Math.max(most, by);
  }
  return (area / (width * height)) * Math.min(1, most / Math.max(width, height));
}
