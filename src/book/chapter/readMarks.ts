import type {Store} from "../kept/store.ts";

/** Records that this page's chapter was visited, and as finished once its end has been on screen; marks finished chapters in lists. */
export function startReadMarks(root: Document, store: Store): void {
  const article = root.querySelector<HTMLElement>("article[data-chapter]");
  const slug = article?.dataset.chapter;
  const end = article?.querySelector(".onward");
  if (slug && store.get("chapter", slug) === undefined) store.set("chapter", slug, "visited");
  if (slug && end)
    new IntersectionObserver(([entry], observer) => {
      if (!entry!.isIntersecting) return;
      observer.disconnect();
      store.set("chapter", slug, "finished");
      markRead(root, store);
    }).observe(end);
  markRead(root, store);
}

/** The items of every list of chapters on the page. */
export const chapterItems = (root: Document) => Array.from(root.querySelectorAll<HTMLElement>("li[data-chapter]"));
/** Whether the chapter of such an item is finished. */
export const isRead = (store: Store, {dataset}: HTMLElement) => store.get("chapter", dataset.chapter!) === "finished";

/** Marks the finished chapters in every list of chapters. */
export function markRead(root: Document, store: Store) {
  for (const item of chapterItems(root)) item.toggleAttribute("data-read", isRead(store, item));
}
