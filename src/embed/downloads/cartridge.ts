import type {CourseLink, CourseModule} from "../../book/teach/course.ts";
import type {Contents} from "../../site/archive.ts";
import {type Xml, xml, xmlFile} from "../../site/xml.ts";

/** What the cartridge is made from. */
interface Course {
  title: string;
  description: string;
  modules: readonly CourseModule[];
}

/** The file of a link. */
const webLink = ({title, address}: CourseLink): string =>
  xmlFile(xml`<webLink xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imswl_v1p1">
  <title>${title}</title>
  <url href="${address}" target="_blank"/>
</webLink>`);

/** The path of a link's file in the cartridge. */
const pathOf = (module: CourseModule, link: CourseLink): string => `links/${module.id}.${link.id}.xml`;

// Each item has a resource of its own even if two modules link to one page, because importers disagree on shared resources.
const itemOf = (module: CourseModule): Xml => xml`
        <item identifier="module.${module.id}">
          <title>${module.title}</title>${module.links.map(
            ({id, title}) => xml`
          <item identifier="item.${module.id}.${id}" identifierref="link.${module.id}.${id}">
            <title>${title}</title>
          </item>`,
          )}
        </item>`;

/** The entry of a link's file in the manifest. */
const resourceOf = (module: CourseModule, link: CourseLink): Xml => xml`
    <resource identifier="link.${module.id}.${link.id}" type="imswl_xmlv1p1">
      <file href="${pathOf(module, link)}"/>
    </resource>`;

/**
 * The files of a Common Cartridge that holds only web links. Version 1.1 is the newest that Moodle restores, and Canvas,
 * Blackboard, Brightspace and Sakai import it too. Moodle expects the namespace within the first 500 bytes, and elements
 * without a prefix.
 */
export function cartridge({title, description, modules}: Course): Contents {
  const manifest =
    xmlFile(xml`<manifest identifier="lora-live" xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1" xmlns:lomimscc="http://ltsc.ieee.org/xsd/imsccv1p1/LOM/manifest">
  <metadata>
    <schema>IMS Common Cartridge</schema>
    <schemaversion>1.1.0</schemaversion>
    <lomimscc:lom>
      <lomimscc:general>
        <lomimscc:title><lomimscc:string language="en">${title}</lomimscc:string></lomimscc:title>
        <lomimscc:language>en</lomimscc:language>
        <lomimscc:description><lomimscc:string language="en">${description}</lomimscc:string></lomimscc:description>
      </lomimscc:general>
      <lomimscc:rights>
        <lomimscc:copyrightAndOtherRestrictions><lomimscc:value>yes</lomimscc:value></lomimscc:copyrightAndOtherRestrictions>
        <lomimscc:description><lomimscc:string language="en">Text and figures: CC BY 4.0. Code: MIT License.</lomimscc:string></lomimscc:description>
      </lomimscc:rights>
    </lomimscc:lom>
  </metadata>
  <organizations>
    <organization identifier="chapters" structure="rooted-hierarchy">
      <item identifier="course">${modules.map(itemOf)}
      </item>
    </organization>
  </organizations>
  <resources>${modules.flatMap((module) => module.links.map((link) => resourceOf(module, link)))}
  </resources>
</manifest>`);
  const links = modules.flatMap((module) => module.links.map((link) => [pathOf(module, link), webLink(link)] as const));
  return {"imsmanifest.xml": manifest, ...Object.fromEntries(links)};
}
