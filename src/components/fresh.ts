/**
 * Runs in the <head> of a chapter before anything is laid out, as text: a reader who comes to its beginning waits for no layout
 * of what is far below (styles/chapter.css). Who comes back to a place in it, or by a link to one, has all of it from the start.
 */
export const freshBefore = `try{if(!location.hash&&performance.getEntriesByType("navigation")[0].type==="navigate")document.documentElement.dataset.fresh=""}catch(e){}`;

/** Lays out the whole page: a smooth scroll ends where a place was when it set off. */
export function layOut({documentElement}: Document) {
  delete documentElement.dataset.fresh;
}
