import {layer} from "../../figure/plot/layer.ts";
import type {Room} from "../../figure/plot/room.ts";
import {type Formula, typeset} from "../../figure/plot/text/typeset.ts";
import type {Act} from "../../figure/widget.ts";
import {controls, type FamilyParams, type Work} from "./controls.ts";
import {diagramOf} from "./diagrams.ts";
import {timeline} from "./drawing/timeline.ts";
import {type FamilyResult, isRun} from "./race.ts";
import {members} from "./works.ts";

/** The timeline of all works, with the chosen one pressed. */
export function workTimeline(picture: Element, {work}: FamilyParams, act: Act) {
  timeline(
    picture,
    (Object.keys(members) as Work[]).map((name) => ({
      name,
      year: members[name].year,
      title: controls.work.options[name],
      aside: members[name].changes,
      isShown: isRun(name),
    })),
    {label: "LoRA and what came after", at: work, onPick: (name) => act.set({work: name})},
  );
}

/** A formula as text for screen readers. */
function spoken(formula: Formula): string {
  return formula
    .map((piece): string => {
      if (typeof piece === "string") return piece;
      if ("text" in piece) return piece.text.replace(/[_^]/g, " ");
      if ("over" in piece) return `${spoken(piece.over)} / ${spoken(piece.under)} `;
      return "base" in piece ? `${spoken(piece.base)} ${spoken(piece.below)}` : "";
    })
    .join("");
}

/** The chosen work with its formula, in which what is new is highlighted. */
export function member(picture: Element, {work}: FamilyParams): Element {
  const {year, changes, formula} = members[work];
  const box = layer(picture, "div", "member");
  layer(
    box,
    "p",
    "label",
    `${controls.work.options[work]}, ${year} (${isRun(work) ? "run here" : "described"}) · changes: ${changes}`,
  );
  const line = layer(box, "div", "math");
  line.setAttribute("aria-label", formula.map(spoken).join(" ").trim());
  typeset(
    line,
    formula.map((keep) => ({keep})),
    {lit: "new"},
  );
  return box;
}

/** The works and what the chosen one changes; a card names it too. */
export function drawCard(picture: Element, _: FamilyResult, params: FamilyParams, act: Act, room: Room) {
  if (room.size !== "dock") workTimeline(picture, params, act);
  const side = layer(picture, "div", "successor");
  diagramOf(side, params, act, room);
  if (room.size === "card") member(side, params);
}
