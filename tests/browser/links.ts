import {parseHTML} from "linkedom";

export interface Crawl {
  /** Every page reached, by path. */
  pages: string[];
  /** One sentence for each link that leads nowhere. */
  broken: string[];
}

const linkOf = (element: Element): string[] => {
  const set = element.getAttribute("srcset")?.split(",") ?? [];
  const plain = ["href", "src", "poster", "data"].map((name) => element.getAttribute(name));
  return [...plain, ...set.map((one) => one.trim().split(/\s/)[0])].filter(
    (link) => link !== null && link !== undefined,
  );
};

interface Page {
  links: string[];
  ids: Set<string>;
}

const readPage = (html: string): Page => {
  const {document} = parseHTML(html);
  const elements = [...document.querySelectorAll("[href], [src], [srcset], [poster], object[data]")] as Element[];
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  return {links: elements.flatMap(linkOf), ids: new Set(ids)};
};

/** Follows every link of the site at `origin + base`, without a browser: files, pages and fragments must be there. */
export async function crawl(origin: string, base = "/"): Promise<Crawl> {
  const pages = new Map<string, Page>();
  const answers = new Map<string, number>();
  const broken = new Set<string>();
  const fragments: {from: string; path: string; id: string; link: string}[] = [];
  const waiting = [{path: base, from: "the start", link: base}];

  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const {path, from, link} = next;
    if (!answers.has(path)) {
      const response = await fetch(origin + path, {redirect: "manual"});
      answers.set(path, response.status);
      const isPage = response.headers.get("content-type")?.startsWith("text/html");
      if (response.ok && isPage) pages.set(path, readPage(await response.text()));
      else await response.body?.cancel();
      for (const onward of pages.get(path)?.links ?? []) {
        const url = URL.canParse(onward, origin + path) ? new URL(onward, origin + path) : undefined;
        if (url === undefined) broken.add(`${path}: ${onward} is no address`);
        if (url?.origin !== origin) continue;
        const to = decodeURI(url.pathname);
        if (!to.startsWith(base)) broken.add(`${path}: ${onward} leaves ${base}`);
        else waiting.push({path: to, from: path, link: onward});
        const id = decodeURIComponent(url.hash.slice(1));
        if (id && id !== "top") fragments.push({from: path, path: to, id, link: onward});
      }
    }
    if (answers.get(path) !== 200) broken.add(`${from}: ${link} answers ${answers.get(path)}`);
  }
  for (const {from, path, id, link} of fragments) {
    if (pages.has(path) && !pages.get(path)?.ids.has(id)) broken.add(`${from}: ${link} names no element there`);
  }
  return {pages: [...pages.keys()].sort(), broken: [...broken].sort()};
}
