/** What some browsers tell about the connection. */
interface Connection {
  saveData?: boolean;
  effectiveType?: string;
}

/** Milliseconds that the pointer or the focus has to stay on a link before its page is prefetched. */
const REST = 80;

/** The page of this site that a link leads to; undefined for places on the same page, files, frames and other hosts. */
export function pageOf(link: HTMLAnchorElement, here: Location): string | undefined {
  const {origin, pathname, search} = link;
  const isPage = origin === here.origin && pathname.endsWith("/") && !/\/(embed|print)\//.test(pathname);
  const isHere = pathname === here.pathname && search === here.search;
  return isPage && !isHere && !link.hasAttribute("download") ? origin + pathname + search : undefined;
}

/** Prefetches a page shortly before its link is followed, unless the reader saves data or the connection is slow. */
export function startPrefetch(root: Document): void {
  const prefetched = new Set<string>();
  let resting: ReturnType<typeof setTimeout> | undefined;
  const rest = ({target}: Event) => {
    clearTimeout(resting);
    const {connection} = navigator as Navigator & {connection?: Connection};
    if (connection?.saveData || connection?.effectiveType?.includes("2g")) return;
    const link = target instanceof Element && target.closest<HTMLAnchorElement>("a[href]");
    const page = link && pageOf(link, location);
    if (!page || prefetched.has(page)) return;
    resting = setTimeout(() => {
      prefetched.add(page);
      const hint = root.createElement("link");
      hint.rel = "prefetch";
      hint.href = page;
      root.head.append(hint);
    }, REST);
  };
  root.addEventListener("pointerover", rest);
  root.addEventListener("focusin", rest);
}
