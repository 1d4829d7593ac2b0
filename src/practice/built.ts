import {parsed} from "../site/markdown/html.ts";
import {answer} from "./answerLines.ts";
import {caseOf} from "./cases.ts";
import {type Claim, claim} from "./claims.ts";
import {configs} from "./configs.ts";
import {drawClaim} from "./drawClaim.ts";
import {drawMemory} from "./memoryView.ts";
import {drawFiles, drawLines, type WriteClaim} from "./view.ts";

/** The usual case, which the page shows as it is built. */
export const {one: usual} = caseOf({});

/** What a drawing makes of an empty element. */
function htmlOf(draw: (root: Element) => void): string {
  const root = parsed("");
  draw(root);
  return root.innerHTML;
}

const write: WriteClaim = (item, id) => drawClaim(item, claim(id));

export const linesHtml = htmlOf((root) => drawLines(root, answer(usual), write));
export const memoryHtml = htmlOf((root) => drawMemory(root, usual, write));
export const filesHtml = htmlOf((root) => drawFiles(root, configs(usual), ""));
export const claimHtml = (one: Claim): string => htmlOf((root) => drawClaim(root, one));
