/** SCORM packages that open in a chosen state. */
import {crc32} from "../export/crc32.ts";
import {escapeHtml} from "../export/escape.ts";
import {save} from "../export/save.ts";
import {make} from "../makeElement.ts";
import {type LinkedState, stateQuery} from "../state/pageAddress.ts";

/**
 * A package of the build (src/embed/downloads/scorm.ts) → the same package, whose figure opens with this query. The build left a
 * run of spaces in the manifest's `<item …>`; the query is written over them as the item's `parameters`, which a platform appends
 * to the address of the page (SCORM 1.2, Content Aggregation Model, 2.3.4.2). The manifest is the archive's first file and is not
 * compressed. Its new checksum goes into the header before it and the directory at the end (PKWARE's APPNOTE, 4.3). Throws if
 * there are no such spaces, or too few.
 */
export function packageWithState(archive: ArrayBuffer, query: string): Blob {
  const bytes = new Uint8Array(archive);
  const view = new DataView(archive);
  // One letter for each byte, so that an index into the text is one into the bytes.
  const spaces = / {999,}/.exec(new TextDecoder("latin1").decode(bytes));
  if (!spaces) throw new Error("the package has no room for a state");
  const parameters = query && ` parameters="${escapeHtml(query)}"`;
  if (parameters.length > spaces[0].length) throw new Error("the state is too long for a package");
  bytes.set(new TextEncoder().encode(parameters), spaces.index);
  const from = 30 + view.getUint16(26, true) + view.getUint16(28, true);
  const checksum = crc32(bytes.subarray(from, from + view.getUint32(18, true)));
  view.setUint32(14, checksum, true);
  view.setUint32(view.getUint32(bytes.length - 6, true) + 16, checksum, true);
  return new Blob([bytes], {type: "application/zip"});
}

/** A button that saves the SCORM package with what is chosen in the dialog when it is pressed. */
export function scormButton(panel: Element, status: Element, linkedState: () => LinkedState) {
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
