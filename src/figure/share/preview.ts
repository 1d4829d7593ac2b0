/** The preview in the embed dialog. */
import {make} from "../makeElement.ts";
import {COLUMN_WIDTH} from "./height.ts";

/** Milliseconds without a change after which the preview is loaded again. */
const LOAD_DELAY = 250;

/** The preview, as the dialog uses it. */
export interface Preview {
  /** Shows the frame of this address. */
  show(address: string): void;
  /** Gives the frame this size (CSS px). */
  fit(width: number, height: number): void;
  /** Stops listening and loading. */
  end(): void;
}

function makeBox(parent: Element): HTMLElement {
  const box = make(parent, "div", "share-preview");
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", "Preview");
  return box;
}

/**
 * Makes the frame as it looks on another page, scaled down where there is less room. `onHeight` gets the height
 * (CSS px) of the figure in it, and the address it was loaded from, since another may already be loading.
 */
export function makePreview(
  parent: Element,
  title: string,
  onHeight: (height: number, address: string) => void,
): Preview {
  const heading = make(parent, "h3");
  const box = makeBox(parent);
  let frame = make(box, "iframe");
  let [address, loadedAddress] = ["", ""];
  let [frameWidth, frameHeight] = [COLUMN_WIDTH, 0];
  let loadTimer: ReturnType<typeof setTimeout> | undefined;

  function fitFrame() {
    const scale = Math.min(1, box.clientWidth / frameWidth);
    Object.assign(frame.style, {width: `${frameWidth}px`, height: `${frameHeight}px`, scale: String(scale)});
    box.style.height = `${Math.ceil(frameHeight * scale)}px`;
    // What scrolls has to be reachable for keys.
    box.tabIndex = box.scrollHeight > box.clientHeight ? 0 : -1;
  }
  function load() {
    // Changing a frame's address adds a step to the page's history; a new frame adds none.
    const next = parent.ownerDocument.createElement("iframe");
    next.title = title;
    // Only to look at: with the focus inside it, the dialog would not hear Escape.
    next.inert = true;
    next.src = loadedAddress = address;
    frame.replaceWith(next);
    frame = next;
    fitFrame();
  }
  const onMessage = ({source, data}: MessageEvent) => {
    if (source !== frame.contentWindow || data?.source !== "lora-widget" || !(data.height > 0)) return;
    onHeight(data.height, loadedAddress);
  };
  addEventListener("message", onMessage);
  const resizeObserver = new ResizeObserver(fitFrame);
  resizeObserver.observe(box);

  return {
    show(next) {
      if (next === address) return;
      const isFirst = !address;
      address = next;
      clearTimeout(loadTimer);
      if (isFirst) load();
      else loadTimer = setTimeout(load, LOAD_DELAY);
    },
    fit(width, height) {
      [frameWidth, frameHeight] = [width, height];
      heading.textContent = `Preview, ${width} px wide`;
      fitFrame();
    },
    end() {
      clearTimeout(loadTimer);
      removeEventListener("message", onMessage);
      resizeObserver.disconnect();
    },
  };
}
