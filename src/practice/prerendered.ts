/** The parts of the practice page as HTML: its answer for the default case, and its claims. */

import {make} from "../figure/makeElement.ts";
import {parseHtml} from "../site/markdown/html.ts";
import {href} from "../site/marks/href.ts";
import {answerLines} from "./answerLines.ts";
import {caseOf} from "./cases.ts";
import {type Claim, claim, printedSource} from "./claims.ts";
import {drawFiles, drawLines, type WriteClaim} from "./drawAnswer.ts";
import {drawMemory} from "./drawMemory.ts";
import {trainingFiles} from "./trainingFiles.ts";

/** The default case. */
export const {run: defaultCase} = caseOf({});

/** The HTML that a function draws into an empty element. */
function htmlOf(draw: (root: Element) => void): string {
  const root = parseHtml("");
  draw(root);
  return root.innerHTML;
}

const write: WriteClaim = (item, id) => drawClaim(item, claim(id));

export const linesHtml = htmlOf((root) => drawLines(root, answerLines(defaultCase), write));
export const memoryHtml = htmlOf((root) => drawMemory(root, defaultCase, write));
export const filesHtml = htmlOf((root) => drawFiles(root, trainingFiles(defaultCase), ""));
export const claimHtml = (one: Claim): string => htmlOf((root) => drawClaim(root, one));

/** Fills an element with a claim: the statement, the quote behind it, its scope and its source. */
function drawClaim(item: Element, one: Claim): void {
  const {name, address, at, version} = printedSource(one);
  make(item, "span", "claim-says", one.statement);
  make(item, "q", "claim-quote", one.quote);
  make(item, "span", "claim-scope", `Based on: ${one.scope}.`);
  const source = make(item, "span", "claim-from");
  const link = make(source, "a", "", name);
  link.setAttribute("href", href(address));
  if (at) source.append(`, ${at}`);
  if (version) source.append(` (${version})`);
}
