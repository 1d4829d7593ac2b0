import type {Pin} from "../../state/pageAddress.ts";
import {tick} from "./make.ts";

/** This version as the site at `home` publishes it; undefined where its list cannot be read. */
export async function pinAt(home: string): Promise<Pin | undefined> {
  const version = import.meta.env.PUBLIC_VERSION;
  try {
    const answer = await fetch(`${home}js/v1/${version}/files.json`);
    return answer.ok ? {version, integrity: (await answer.json()).integrity} : undefined;
  } catch {
    return undefined;
  }
}

/** A box that pins the code to this version; `onPin` gets what to name in it, or undefined once it is not pinned any more. */
export function pinBox(
  place: Element,
  status: Element,
  home: string,
  pinned: Pin | undefined,
  onPin: (pin: Pin | undefined) => void,
) {
  const words = `Pin version ${import.meta.env.PUBLIC_VERSION}: the figure stays as it is now`;
  const box = tick(place, "checkbox", words, pinned !== undefined);
  box.onchange = async () => {
    const pin = box.checked ? await pinAt(home) : undefined;
    status.textContent = box.checked && !pin ? "The list of this version’s files did not load. Try again." : "";
    box.checked = pin !== undefined;
    onPin(pin);
  };
}
