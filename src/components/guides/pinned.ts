import {siteRoot} from "../../shell/siteRoot.ts";
import {pinAt} from "../../shell/take/share/pin.ts";

/** A code with the hashes of the files it names: in `…/lora-widget.js" integrity="sha384-…"`, that of lora-widget.js. */
export const withHashes = (code: string, integrity: Readonly<Record<string, string>>): string =>
  code.replace(/([\w.-]+)(" integrity=")[^"]*/g, (all, name, between) =>
    integrity[name] === undefined ? all : `${name}${between}${integrity[name]}`,
  );

/** Fills the hashes of this version into the codes that pin it. If its list cannot be read, they stay as they are. */
export async function startPinned(root: Document): Promise<void> {
  const codes = [...root.querySelectorAll("[data-pinned] code")];
  if (codes.length === 0) return;
  const pin = await pinAt(siteRoot(root.documentElement.dataset.root, location));
  if (pin) for (const code of codes) code.textContent = withHashes(code.textContent, pin.integrity);
}
