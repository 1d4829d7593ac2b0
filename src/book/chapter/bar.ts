/**
 * Keeps the bar of a long page up to date: the section being read, in words and in the contents.
 * The current section is that of the last heading above the line at a third of the window's height; above the first heading there
 * is none. At the foot of the page it is the last section, even if that is too short to reach the line.
 */
export function startBar(root: Document): void {
  const bar = root.querySelector<HTMLElement>("nav.bar");
  if (!bar) return;
  const panel = bar.querySelector<HTMLElement>(".contents")!;
  const where = bar.querySelector(".where")!;
  const chapter = panel.querySelector<HTMLElement>("[aria-current=page]");
  const links = [...panel.querySelectorAll<HTMLAnchorElement>("a[href^='#']")];
  const headings = links.map(({hash}) => root.getElementById(hash.slice(1))!);
  let currentIndex = -1;

  const update = () => {
    const isAtFoot = scrollY > 0 && scrollY > root.documentElement.scrollHeight - innerHeight - 2;
    const at = headings.findLastIndex((heading) => isAtFoot || heading.getBoundingClientRect().top < innerHeight / 3);
    if (at === currentIndex) return;
    currentIndex = at;
    where.textContent = links[at]?.textContent ?? "";
    // When the panel opens, it focuses the link with `autofocus`: the section being read, or before all of them the chapter.
    for (const [i, link] of links.entries()) {
      link.ariaCurrent = i === at ? "location" : null;
      link.autofocus = i === at;
    }
    if (chapter) chapter.autofocus = at < 0;
  };
  // Not an IntersectionObserver, because a jump skips headings without showing them. Browsers send at most one scroll event a frame.
  root.addEventListener("scroll", update, {passive: true});
  // The first frame lays the page out; to ask for places here would lay it out once more.
  requestAnimationFrame(update);

  // A panel in the top layer does not know where the bar is: at the top of the page it is below the site's header.
  panel.addEventListener("beforetoggle", () =>
    panel.style.setProperty("--below", `${bar.getBoundingClientRect().bottom}px`),
  );
  panel.addEventListener("click", ({target}) => {
    if (target instanceof Element && target.closest("a")) panel.hidePopover();
  });
}
