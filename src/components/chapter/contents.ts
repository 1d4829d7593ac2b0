/**
 * Marks the section that is read in the contents: the last heading above the upper third of the window, none above the first
 * heading, and the last one at the foot of the page, which it may be too short to reach.
 */
export function startContents(root: Document): void {
  const links = [...root.querySelectorAll<HTMLAnchorElement>(".sections a")];
  const headings = links.map(({hash}) => root.getElementById(hash.slice(1))!);
  const mark = () => {
    const isAtFoot = scrollY > 0 && scrollY + innerHeight > root.documentElement.scrollHeight - 2;
    const at = headings.findLastIndex((heading) => isAtFoot || heading.getBoundingClientRect().top < innerHeight / 3);
    for (const [i, link] of links.entries()) link.ariaCurrent = i === at ? "location" : null;
  };
  // Whoever jumps passes headings that never come into sight.
  root.addEventListener("scroll", mark, {passive: true});
  mark();
}
