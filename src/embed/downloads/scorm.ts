import type {Contents} from "../../site/archive.ts";
import {xml, xmlFile} from "../../site/xml.ts";
import type {FigureDescription} from "./standalone.ts";

/** Room for the state in which the item's figure opens. The embed dialog writes it there, which takes less code than zipping anew. */
const ROOM = " ".repeat(4096);

/**
 * The manifest of a SCORM 1.2 package (Content Aggregation Model, 2.3) with one SCO. It has no mastery score, because a widget's
 * score is 100 or none and grading is up to the platform. It has no schema locations, because the package holds no schemas.
 */
function scormManifest({name, title, guide, challenge}: FigureDescription, files: readonly string[]): string {
  const description = `${guide} Challenge: ${challenge}`;
  return xmlFile(xml`<manifest identifier="lora-live-${name}" version="1.0" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2" xmlns:imsmd="http://www.imsglobal.org/xsd/imsmd_rootv1p2p1">
  <metadata>
    <schema>ADL SCORM</schema>
    <schemaversion>1.2</schemaversion>
    <imsmd:lom>
      <imsmd:general>
        <imsmd:title><imsmd:langstring xml:lang="en">${title}</imsmd:langstring></imsmd:title>
        <imsmd:language>en</imsmd:language>
        <imsmd:description><imsmd:langstring xml:lang="en">${description}</imsmd:langstring></imsmd:description>
      </imsmd:general>
      <imsmd:rights>
        <imsmd:description><imsmd:langstring xml:lang="en">Text and figure: CC BY 4.0. Code: MIT License. Both in LICENSE.txt.</imsmd:langstring></imsmd:description>
      </imsmd:rights>
    </imsmd:lom>
  </metadata>
  <organizations default="course">
    <organization identifier="course">
      <title>LoRA, live: ${title}</title>
      <item identifier="figure" identifierref="page" isvisible="true"${ROOM}>
        <title>${title}</title>
      </item>
    </organization>
  </organizations>
  <resources>
    <resource identifier="page" type="webcontent" adlcp:scormtype="sco" href="index.html">
${files.map((file) => xml`      <file href="${file}"/>\n`)}    </resource>
  </resources>
</manifest>`);
}

/** The files of a widget's package. */
export const scormFiles = (about: FigureDescription, page: string, licenses: string): Contents => ({
  "imsmanifest.xml": scormManifest(about, ["index.html", "LICENSE.txt"]),
  "index.html": page,
  "LICENSE.txt": licenses,
});
