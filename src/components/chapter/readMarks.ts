import type {Keep} from "../kept/store.ts";

/** A finished chapter counts as read when its end has been on screen. Lists of chapters mark what was read. */
export function startProgress(root: Document, keep: Keep): void {
  const article = root.querySelector<HTMLElement>("article[data-chapter]");
  const slug = article?.dataset.chapter;
  const end = article?.querySelector(".onward");
  if (slug && keep.get("chapter", slug) === undefined) keep.set("chapter", slug, "visited");
  if (slug && end)
    new IntersectionObserver(([entry], observer) => {
      if (!entry!.isIntersecting) return;
      observer.disconnect();
      keep.set("chapter", slug, "finished");
      markRead(root, keep);
    }).observe(end);
  markRead(root, keep);
}

export const listed = (root: Document) => Array.from(root.querySelectorAll<HTMLElement>("li[data-chapter]"));
export const isRead = (keep: Keep, {dataset}: HTMLElement) => keep.get("chapter", dataset.chapter!) === "finished";

/** Marks the chapters that were read, in every list of them. */
export function markRead(root: Document, keep: Keep) {
  for (const item of listed(root)) item.toggleAttribute("data-read", isRead(keep, item));
}
