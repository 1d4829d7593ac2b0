/** The preview in the embed dialog. */
import {make} from "../makeElement.ts";
import {COLUMN} from "./height.ts";

/** Milliseconds without a change after which the preview is loaded again. */
const DELAY = 250;

/** The preview, as the dialog uses it. */
export interface PreviewFrame {
  /** Shows the frame of this address. */
  show(address: string): void;
  /** Gives the frame this size (CSS px). */
  fit(width: number, height: number): void;
  end(): void;
}

function boxIn(parent: Element): HTMLElement {
  const box = make(parent, "div", "share-preview");
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", "Preview");
  return box;
}

/**
 * The frame as it looks on another page, scaled down where there is less room. `onHeight` gets the height
 * (CSS px) of the figure in it, and the address it was loaded from, since another may already be loading.
 */
export function previewFrame(
  parent: Element,
  title: string,
  onHeight: (height: number, address: string) => void,
): PreviewFrame {
  const heading = make(parent, "h3");
  const box = boxIn(parent);
  let frame = make(box, "iframe");
  let [address, loaded] = ["", ""];
  let [wide, tall] = [COLUMN, 0];
  let waiting: ReturnType<typeof setTimeout> | undefined;

  function size() {
    const scale = Math.min(1, box.clientWidth / wide);
    Object.assign(frame.style, {width: `${wide}px`, height: `${tall}px`, scale: String(scale)});
    box.style.height = `${Math.ceil(tall * scale)}px`;
    // What scrolls has to be reachable for keys.
    box.tabIndex = box.scrollHeight > box.clientHeight ? 0 : -1;
  }
  function load() {
    // Changing a frame's address adds a step to the page's history; a new frame adds none.
    const next = parent.ownerDocument.createElement("iframe");
    next.title = title;
    // Only to look at: with the focus inside it, the dialog would not hear Escape.
    next.inert = true;
    next.src = loaded = address;
    frame.replaceWith(next);
    frame = next;
    size();
  }
  const heard = ({source, data}: MessageEvent) => {
    if (source !== frame.contentWindow || data?.source !== "lora-widget" || !(data.height > 0)) return;
    onHeight(data.height, loaded);
  };
  addEventListener("message", heard);
  const watcher = new ResizeObserver(size);
  watcher.observe(box);

  return {
    show(next) {
      if (next === address) return;
      const isFirst = !address;
      address = next;
      clearTimeout(waiting);
      if (isFirst) load();
      else waiting = setTimeout(load, DELAY);
    },
    fit(width, height) {
      [wide, tall] = [width, height];
      heading.textContent = `Preview, ${width} px wide`;
      size();
    },
    end() {
      clearTimeout(waiting);
      removeEventListener("message", heard);
      watcher.disconnect();
    },
  };
}
