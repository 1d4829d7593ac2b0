/** Keys: which names are in the file, who reads them, and what to do about those that nobody does. */

import {make} from "../figure/makeElement.ts";
import {counted, whole} from "../figure/plot/text/format.ts";
import {part, pressButton, sayIn, scrollingTable} from "./parts.ts";
import type {Opened} from "./protocol.ts";
import type {ScreenContext} from "./state.ts";

/** The most unused tensors, and the most problems, that are listed. */
const MOST_LISTED = 100;

export function keysScreen(screen: ScreenContext): void {
  const {panel, sentence, state} = screen;
  const {opened} = state.places[state.shown]!;
  sayIn(sentence, keysSentence(opened));
  const section = part(panel, "What the names say");
  const made = scrollingTable(
    section,
    "Families of names in this file",
    ["Family", "Names begin with", "Tensors", "Modules", "One of them", "Who reads such names"],
    opened.rows.map(({family, prefix, tensors, modules, example, readers}) => [
      family,
      prefix,
      whole(tensors),
      whole(modules),
      example,
      readers,
    ]),
  );
  made.classList.add("inspect-keys");
  make(
    section,
    "p",
    "inspect-aside",
    "A program skips names it does not know, and most say so once for each key. A name it knows may still belong to another base, which has no such module.",
  );
  namedPart(panel, opened);
  unusedPart(panel, opened);
  problemsPart(panel, opened);
  rewritePart(screen, opened);
}

/** The sentence above the screen: whose names these are, what belongs to no pair, and whether they can be rewritten. */
export function keysSentence({facts, rows, cannot, faults: [fault]}: Opened): string {
  if (fault) return fault.sentence;
  const unused = facts.tensors - facts.used;
  const nameFaults = [...new Set(rows.flatMap(({faults = []}) => faults))];
  const names = rows.length > 0 ? `${facts.families.join(" and ")} names` : "A LoRA loader knows none of these names";
  const rest =
    unused === 0
      ? "every tensor belongs to a pair"
      : `${whole(unused)} of ${counted(facts.tensors, "tensor")} ${unused === 1 ? "belongs" : "belong"} to no pair`;
  if (nameFaults.length > 0) {
    const repair =
      cannot.PEFT === undefined ? ` Rewrite as PEFT repairs ${nameFaults.length > 1 ? "that" : "it"}.` : "";
    return `Nearly PEFT’s names: ${nameFaults.join(" and ")}, so PEFT 0.20 does not find them; ${rest}.${repair}`;
  }
  const rewritable =
    rows.length > 0 && cannot.PEFT === undefined && !facts.families.includes("PEFT")
      ? ", and they can be rewritten as PEFT’s"
      : "";
  return `${names}; ${rest}${rewritable}.`;
}

function namedPart(root: Element, {named}: Opened): void {
  if (named.length === 0) return;
  const section = part(root, "Named here, not measured");
  const list = make(section, "ul", "inspect-notes");
  for (const {title, why, tensors, first} of named) {
    const item = make(list, "li", "", `${title}: ${counted(tensors, "tensor")}, because ${why}. The first is `);
    make(item, "code", "", first);
  }
}

function unusedPart(root: Element, {others, facts}: Opened): void {
  if (others.length === 0) return;
  const section = part(root, `${counted(facts.tensors - facts.used, "tensor")} of no pair`);
  const list = make(section, "ul", "inspect-names");
  for (const name of others.slice(0, MOST_LISTED)) make(make(list, "li"), "code", "", name);
  if (others.length > MOST_LISTED) make(section, "p", "inspect-aside", `The first ${MOST_LISTED} are listed.`);
}

function problemsPart(root: Element, {problems}: Opened): void {
  if (problems.length === 0) return;
  const section = part(root, "What a loader would skip or refuse");
  const list = make(section, "ul", "inspect-notes");
  for (const {sentence} of problems.slice(0, MOST_LISTED)) make(list, "li", "", `${sentence}.`);
}

/** Whether all names in the file are PEFT's already, without a fault. */
const isPlainPeft = ({facts, rows}: Opened) =>
  facts.families.join() === "PEFT" && rows.every(({faults}) => faults === undefined);

function rewritePart(screen: ScreenContext, opened: Opened): void {
  const {cannot, facts} = opened;
  const section = part(screen.panel, "The same adapter under other names");
  if (facts.modules === 0) {
    make(section, "p", "", "There is no pair of A and B to write.");
    return;
  }
  if (cannot.PEFT !== undefined) {
    make(section, "p", "", `It cannot be written as a PEFT adapter, because ${cannot.PEFT}.`);
    return;
  }
  if (isPlainPeft(opened)) {
    make(section, "p", "", "These are PEFT’s own names already, so nothing has to be rewritten.");
    return;
  }
  make(
    section,
    "p",
    "",
    "It can be written as PEFT files: base_model.model. before every name, no adapter’s name inside, A as r × in and B as out × r.",
  );
  pressButton(make(section, "div", "inspect-buttons"), "Rewrite as PEFT", () => {
    screen.state.take.kind = "none";
    screen.goTo("take");
  });
}
