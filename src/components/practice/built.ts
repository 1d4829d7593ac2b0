import {caseOf} from "../../answers/practice/cases.ts";
import {configs} from "../../answers/practice/configs.ts";
import {answer} from "../../answers/practice/lines.ts";
import {memory} from "../../answers/practice/memory.ts";
import {parsed} from "../../markup/html.ts";
import {type Claim, claim} from "./claims.ts";
import {drawClaim} from "./drawClaim.ts";
import {drawLines, drawRacks} from "./view.ts";

/** The usual case, which the page shows as it is built. */
export const {one: usual} = caseOf({});

/** What a drawing makes of an empty element. */
function htmlOf(draw: (root: Element) => void): string {
  const root = parsed("");
  draw(root);
  return root.innerHTML;
}

export const linesHtml = htmlOf((root) => drawLines(root, answer(usual), (item, id) => drawClaim(item, claim(id))));
export const racksHtml = htmlOf((root) => drawRacks(root, usual, memory(usual)));
export const claimHtml = (one: Claim): string => htmlOf((root) => drawClaim(root, one));

/** A box for each kind of configuration; those that the usual case has not are hidden. */
export const configBoxes = (["TRL", "PEFT", "Axolotl", "Diffusers", "Afterwards"] as const).map((name) => ({
  name,
  text: configs(usual).find((one) => one.name === name)?.text,
}));
