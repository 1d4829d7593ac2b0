/** Marks the section that is read in the contents: the last heading above the upper third of the window. */
export function startContents(root: Document): void {
  const links = [...root.querySelectorAll<HTMLAnchorElement>(".sections a")];
  const headings = links.map(({hash}) => root.getElementById(hash.slice(1))!);
  const mark = () => {
    const at = headings.findLastIndex((heading) => heading.getBoundingClientRect().top < innerHeight / 3);
    for (const [i, link] of links.entries()) {
      if (i === at) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    }
  };
  const observer = new IntersectionObserver(mark, {rootMargin: "0px 0px -67% 0px"});
  for (const heading of headings) observer.observe(heading);
}
