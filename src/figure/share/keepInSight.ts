/** Where a dialog opens in a frame that is taller than the window around it. */

/** The least height of a dialog (CSS px). */
const MIN_HEIGHT = 240;

/**
 * Keeps a dialog within the visible part of the page. In a frame as tall as its figure, a dialog opens in the middle of the
 * frame, and that may be outside the host's window.
 */
export async function keepInSight(dialog: HTMLDialogElement) {
  const {documentElement, defaultView: window} = dialog.ownerDocument;
  if (!window || window.parent === window) return;
  const {top, height} = await new Promise<DOMRectReadOnly>((resolve) => {
    const observer = new IntersectionObserver((entries) => {
      observer.disconnect();
      resolve(entries[0]!.intersectionRect);
    });
    observer.observe(documentElement);
  });
  Object.assign(dialog.style, {
    insetBlock: `${Math.ceil(top)}px auto`,
    marginBlock: "1rem",
    maxHeight: `calc(${Math.max(MIN_HEIGHT, Math.floor(height))}px - 2rem)`,
  });
}
