import {derivation} from "../../figure/plot/derivation.ts";
import {capital} from "../../figure/plot/text/format.ts";
import {full} from "../../figure/widget.ts";
import {verdictTable} from "./drawing/verdicts.ts";
import {standingRows, summary, untestedIn, usedRules} from "./fullSentences.ts";
import type {ChooseResult, controls} from "./model.ts";
import {drawCard} from "./panels.ts";
import {facts} from "./rules.ts";
import {firstOf, methodName, methodNamesListed, standingPlace} from "./sentences.ts";
import {methodNames} from "./verdicts.ts";

const LAST = Object.keys(methodNames).length;

function judged(picture: Element, {requested, standings}: ChooseResult) {
  verdictTable(
    picture,
    "How each method meets what you ask for",
    ["Method", ...requested.map((fact) => facts[fact]!.short)],
    standings.map(({method, verdicts}) => ({
      name: methodName(method),
      cells: verdicts.map((verdict) => ({kind: verdict, text: verdict})),
    })),
  );
}

export default full<typeof controls, ChooseResult>({
  draw(picture, result, params, act, room) {
    drawCard(picture, result, params, act, room);
    if (room.size !== "full") return;
    judged(picture, result);
    derivation(picture, "The evidence for each step", usedRules(result));
  },
  summary,
  readouts(result) {
    const {sure, open} = firstOf(result);
    const place = (method: string) => standingPlace(result.standings.find((one) => one.method === method)!);
    return [
      {label: ["Sure of first place"], value: sure.length === LAST ? "All tie" : capital(methodNamesListed(sure))},
      {label: ["Might be first"], value: capital(methodNamesListed(open))},
      {label: ["LoRA merged"], value: `place ${place("lora-merged")}`},
      {label: ["LoRA unmerged"], value: `place ${place("lora-unmerged")}`},
      {label: ["Not tested"], value: untestedIn(result), note: "of the table above"},
    ];
  },
  table: (result) => ({
    caption: "Every step, by place",
    columns: ["Method", "Place", "Asked", "Verdict", "Because", "Source"],
    rows: standingRows(result),
  }),
});
