import {grounds} from "../../figure/plot/grounds.ts";
import {capital} from "../../figure/plot/text/format.ts";
import {full} from "../../figure/widget.ts";
import {verdicts} from "./drawing/verdicts.ts";
import {groundsOf, rowsOf, summary, untestedIn} from "./fullSentences.ts";
import type {ChooseResult, controls} from "./model.ts";
import {drawCard} from "./panels.ts";
import {facts} from "./rules.ts";
import {firstOf, nameOf, namesOf, placeOf} from "./sentences.ts";
import {methods} from "./verdicts.ts";

const LAST = Object.keys(methods).length;

function judged(picture: Element, {requested, standings}: ChooseResult) {
  verdicts(
    picture,
    "How each method meets what you ask for",
    ["Method", ...requested.map((fact) => facts[fact]!.short)],
    standings.map(({method, verdicts}) => ({
      name: nameOf(method),
      cells: verdicts.map((verdict) => ({kind: verdict, text: verdict})),
    })),
  );
}

export default full<typeof controls, ChooseResult>({
  draw(picture, result, params, act, room) {
    drawCard(picture, result, params, act, room);
    if (room.size !== "full") return;
    judged(picture, result);
    grounds(picture, "The evidence for each step", groundsOf(result));
  },
  summary,
  readouts(result) {
    const {sure, open} = firstOf(result);
    const place = (method: string) => placeOf(result.standings.find((one) => one.method === method)!);
    return [
      {label: ["Sure of first place"], value: sure.length === LAST ? "All tie" : capital(namesOf(sure))},
      {label: ["Might be first"], value: capital(namesOf(open))},
      {label: ["LoRA merged"], value: `place ${place("lora-merged")}`},
      {label: ["LoRA unmerged"], value: `place ${place("lora-unmerged")}`},
      {label: ["Not tested"], value: untestedIn(result), note: "of the table above"},
    ];
  },
  table: (result) => ({
    caption: "Every step, by place",
    columns: ["Method", "Place", "Asked", "Verdict", "Because", "Source"],
    rows: rowsOf(result),
  }),
});
