/** SCORM packages that open in a chosen state. */
import {strFromU8, strToU8, unzipSync, zipSync} from "fflate";
import {escapeHtml} from "../export/escape.ts";
import {save} from "../export/save.ts";
import {make} from "../makeElement.ts";
import {type LinkedState, stateQuery} from "../state/pageAddress.ts";

const MANIFEST = "imsmanifest.xml";
/** The attribute of the manifest's one item (src/embed/downloads/downloads.ts) after which its `parameters` are written. */
const ITEM_ATTRIBUTE = 'isvisible="true"';

/**
 * A package of the build → the same package, whose figure opens with this query: a platform appends an item's `parameters` to the
 * address of its page (SCORM 1.2, Content Aggregation Model, 2.3.4.2). Throws if the archive is none, or its manifest has no item.
 */
export function packageWithState(archive: ArrayBuffer, query: string): Blob {
  const files = unzipSync(new Uint8Array(archive));
  const manifest = strFromU8(files[MANIFEST] ?? new Uint8Array());
  if (!manifest.includes(ITEM_ATTRIBUTE)) throw new Error("the archive is no package of a figure");
  const withQuery = manifest.replace(ITEM_ATTRIBUTE, () => `${ITEM_ATTRIBUTE} parameters="${escapeHtml(query)}"`);
  return new Blob([zipSync({...files, [MANIFEST]: strToU8(withQuery)})], {type: "application/zip"});
}

/** Makes a button that saves the SCORM package with what is chosen in the dialog when it is pressed. */
export function makeScormButton(panel: Element, status: Element, linkedState: () => LinkedState) {
  const button = make(panel, "button", "", "Save a SCORM package with these settings");
  button.type = "button";
  button.onclick = async () => {
    const linked = linkedState();
    try {
      const response = await fetch(`${linked.home}download/${linked.name}.scorm.zip`);
      if (!response.ok) throw new Error(`the host answered ${response.status}`);
      const packageBlob = packageWithState(await response.arrayBuffer(), stateQuery(linked));
      save(panel.ownerDocument, `${linked.name}.scorm.zip`, packageBlob);
      status.textContent = `Saved: ${linked.name}.scorm.zip.`;
    } catch (error) {
      status.textContent = `The package could not be made: ${(error as Error).message}. Press again to retry.`;
    }
  };
  const words =
    "The files above start in the default state; this package starts with these settings. If they meet the challenge, any move passes it.";
  make(panel, "p", "share-note", words);
}
