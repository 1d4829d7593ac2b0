import {strFromU8, strToU8, unzipSync} from "fflate";
import {escapeHtml} from "../../../markup/escape.ts";
import {type LinkedState, stateQuery} from "../../state/pageAddress.ts";
import {save} from "../save.ts";
import {storedZip} from "../storedZip.ts";
import {make} from "./make.ts";

const MANIFEST = "imsmanifest.xml";

/**
 * The manifest of a package whose figure opens with this query: SCORM 1.2 has it as `parameters` of the item (Content Aggregation
 * Model, 2.3.4.2), which a platform puts behind the address of the page. An empty query changes nothing.
 */
export const withParameters = (manifest: string, query: string): string =>
  query ? manifest.replace("<item ", () => `<item parameters="${escapeHtml(query)}" `) : manifest;

/** The bytes of the site's package → one whose figure opens with this query, its manifest first as platforms expect it. */
export function presetPackage(archive: Uint8Array, query: string): Blob {
  const {[MANIFEST]: manifest, ...others} = unzipSync(archive);
  if (!manifest) throw new Error(`the package has no ${MANIFEST}`);
  return storedZip([[MANIFEST, strToU8(withParameters(strFromU8(manifest), query))], ...Object.entries(others)]);
}

/** A button that saves the SCORM package with what is chosen in the dialog when it is pressed. */
export function scormButton(panel: Element, status: Element, shown: () => LinkedState) {
  const button = make(panel, "button", "", "Save the SCORM package as it is set here");
  button.type = "button";
  button.onclick = async () => {
    const now = shown();
    status.textContent = "The package is being made.";
    try {
      const answer = await fetch(`${now.home}download/${now.name}.scorm.zip`);
      if (!answer.ok) throw new Error(`the host answered ${answer.status}`);
      const made = presetPackage(new Uint8Array(await answer.arrayBuffer()), stateQuery(now));
      save(panel.ownerDocument, `${now.name}.scorm.zip`, made);
      status.textContent = `Saved: ${now.name}.scorm.zip.`;
    } catch (error) {
      status.textContent = `The package could not be made: ${(error as Error).message}. Press again to retry.`;
    }
  };
  make(
    panel,
    "p",
    "share-note",
    "The two files above start in the default state, with every control; the package that you save here starts as it is set on this page, with the options chosen below. A state that meets the challenge already would pass at the first move.",
  );
}
