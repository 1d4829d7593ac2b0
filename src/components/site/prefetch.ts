/** What some browsers tell of the connection. */
interface Connection {
  saveData?: boolean;
  effectiveType?: string;
}

/** How long a pointer or the focus rests on a link before its page is asked for, ms. */
const REST = 80;

/** The page that a link of this site leads to; undefined for places on this page, files, frames and other hosts. */
export function pageOf(link: HTMLAnchorElement, here: Location): string | undefined {
  const {origin, pathname, search} = link;
  const isPage = origin === here.origin && pathname.endsWith("/") && !/\/(embed|print)\//.test(pathname);
  const isHere = pathname === here.pathname && search === here.search;
  return isPage && !isHere && !link.hasAttribute("download") ? origin + pathname + search : undefined;
}

/** Asks for a page a little before its link is followed. Not where data is to be saved, or the way is slow. */
export function startPrefetch(root: Document): void {
  const asked = new Set<string>();
  let resting: ReturnType<typeof setTimeout> | undefined;
  const rest = ({target}: Event) => {
    clearTimeout(resting);
    const {connection} = navigator as Navigator & {connection?: Connection};
    if (connection?.saveData || connection?.effectiveType?.includes("2g")) return;
    const link = target instanceof Element && target.closest<HTMLAnchorElement>("a[href]");
    const page = link && pageOf(link, location);
    if (!page || asked.has(page)) return;
    resting = setTimeout(() => {
      asked.add(page);
      const hint = root.createElement("link");
      hint.rel = "prefetch";
      hint.href = page;
      root.head.append(hint);
    }, REST);
  };
  root.addEventListener("pointerover", rest);
  root.addEventListener("focusin", rest);
}
