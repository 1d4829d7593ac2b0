/**
 * Marks the current section in the contents: that of the last heading above the first third of the window, or none before the
 * first heading. At the foot of the page it is the last section, even if that is too short to reach so far up.
 */
export function startContents(root: Document): void {
  const links = [...root.querySelectorAll<HTMLAnchorElement>(".sections a")];
  const headings = links.map(({hash}) => root.getElementById(hash.slice(1))!);
  const mark = () => {
    const isAtFoot = scrollY > 0 && scrollY + innerHeight > root.documentElement.scrollHeight - 2;
    const at = headings.findLastIndex((heading) => isAtFoot || heading.getBoundingClientRect().top < innerHeight / 3);
    for (const [i, link] of links.entries()) link.ariaCurrent = i === at ? "location" : null;
  };
  // Scrolling and not intersections: a jump skips headings without showing them.
  root.addEventListener("scroll", mark, {passive: true});
  mark();
}
