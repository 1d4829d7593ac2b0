import {parsed} from "../site/markdown/html.ts";
import {answer} from "./answerLines.ts";
import {caseOf} from "./cases.ts";
import {type Claim, claim} from "./claims.ts";
import {configs} from "./configs.ts";
import {drawClaim} from "./drawClaim.ts";
import {memory} from "./memory.ts";
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
