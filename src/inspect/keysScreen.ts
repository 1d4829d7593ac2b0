/** Keys: which names are in the file, who reads them, and what to do about those that nobody does. */

import {make} from "../figure/makeElement.ts";
import {counted, whole} from "../figure/plot/text/format.ts";
import {part, pressButton, sayIn, scrollingTable} from "./parts.ts";
import type {Opened} from "./protocol.ts";
import type {ScreenContext} from "./state.ts";

/** Names and unused tensors that are listed. */
const MOST = 100;

export function keysScreen(room: ScreenContext): void {
  const {panel, sentence, state} = room;
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
  leftPart(panel, opened);
  offerPart(room, opened);
}

/** The sentence of the screen. */
export function keysSentence({facts, rows, cannot, faults: [fault]}: Opened): string {
  if (fault) return fault.sentence;
  const left = facts.tensors - facts.used;
  const faults = [...new Set(rows.flatMap(({faults = []}) => faults))];
  const names = rows.length > 0 ? `${facts.families.join(" and ")} names` : "A LoRA loader knows none of these names";
  const rest =
    left === 0
      ? "every tensor belongs to a pair"
      : `${whole(left)} of ${counted(facts.tensors, "tensor")} ${left === 1 ? "belongs" : "belong"} to no pair`;
  if (faults.length > 0) {
    const repair = cannot.PEFT === undefined ? ` Rewrite as PEFT repairs ${faults.length > 1 ? "that" : "it"}.` : "";
    return `Nearly PEFT’s names: ${faults.join(" and ")}, so PEFT 0.20 does not find them; ${rest}.${repair}`;
  }
  const map =
    rows.length > 0 && cannot.PEFT === undefined && !facts.families.includes("PEFT")
      ? ", and they can be rewritten as PEFT’s"
      : "";
  return `${names}; ${rest}${map}.`;
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

function leftPart(root: Element, {others, problems, facts}: Opened): void {
  if (others.length > 0) {
    const section = part(root, `${counted(facts.tensors - facts.used, "tensor")} of no pair`);
    const list = make(section, "ul", "inspect-names");
    for (const name of others.slice(0, MOST)) make(make(list, "li"), "code", "", name);
    if (others.length > MOST) make(section, "p", "inspect-aside", `The first ${MOST} are listed.`);
  }
  if (problems.length === 0) return;
  const section = part(root, "What a loader would skip or refuse");
  const list = make(section, "ul", "inspect-notes");
  for (const {sentence} of problems.slice(0, MOST)) make(list, "li", "", `${sentence}.`);
}

/** Names as PEFT writes them, without an adapter's name inside. */
const isPlainPeft = ({facts, rows}: Opened) =>
  facts.families.join() === "PEFT" && rows.every(({faults}) => faults === undefined);

function offerPart(room: ScreenContext, opened: Opened): void {
  const {cannot, facts} = opened;
  const section = part(room.panel, "The same adapter under other names");
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
    room.state.take.kind = "none";
    room.goTo("take");
  });
}
