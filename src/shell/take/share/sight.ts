/** What a dialog needs at least, in CSS pixels. */
const LEAST = 240;

/**
 * Keeps a dialog within what is seen of the page. A frame as tall as its figure is a window to its dialogs, however little
 * of it the host's window shows: in its middle they might open out of sight.
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
    maxHeight: `calc(${Math.max(LEAST, Math.floor(height))}px - 2rem)`,
  });
}
