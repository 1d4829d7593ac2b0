import {grounds} from "../../figures/grounds.ts";
import {panel} from "../../figures/panel.ts";
import {type Span, spanLines, spanScale, spansHeight} from "../../figures/plots/spanlines.ts";
import {widget} from "../../shell/widget.ts";
import {verdicts} from "./figures/verdicts.ts";
import {type ChooseResult, compute, controls} from "./model.ts";
import {facts, methods, works} from "./rules.ts";
import {
  capital,
  firstOf,
  groundsOf,
  markOf,
  nameOf,
  namesOf,
  nothingFits,
  placeOf,
  rowsOf,
  sentence,
  untestedIn,
} from "./sentences.ts";

const WIDTH = 256;
const LAST = Object.keys(methods).length;
const PLACES = Array.from({length: LAST}, (_, i) => i + 1);

function places(picture: Element, {standings}: ChooseResult) {
  const rows = standings.map(
    (standing): Span => ({
      kind: standing.worst === 1 ? "place sure" : "place",
      name: nameOf(standing.method),
      said: markOf(standing),
      from: standing.best,
      to: standing.worst,
    }),
  );
  const svg = panel(picture, "places", {
    label: ["Place; a bar where something is untested (?)"],
    width: WIDTH,
    height: spansHeight(LAST),
    alt: `Places. ${standings.map((one) => `${nameOf(one.method)}: place ${placeOf(one)}, ${markOf(one)}`).join("; ")}`,
  });
  spanLines(rows, spanScale(svg, LAST, {width: WIDTH, ends: [1, LAST], ticks: PLACES, format: String}));
}

function judged(picture: Element, {requested, standings}: ChooseResult) {
  verdicts(
    picture,
    "How each method stands to what you ask",
    ["Method", ...requested.map((fact) => facts[fact]!.short)],
    standings.map(({method, rules}) => ({
      name: nameOf(method),
      cells: rules.map(({verdict}) => ({kind: verdict, text: verdict})),
    })),
  );
}

export default widget({
  title: "Which method fits your case?",
  guide:
    "Say what is true of your case; four more facts are under More. A method’s place is one more than the number of methods ahead of it: who fails less goes first, then who pays for less; each fact counts the same, and ties stay ties. A bar spans what untested facts leave open: at best they are met, at worst they are like the worst that was found of another method.",
  sources: works,
  controls,
  compute,
  draw(picture, result) {
    places(picture, result);
    judged(picture, result);
    grounds(picture, "The evidence for each step", groundsOf(result));
  },
  summary: sentence,
  readouts(result) {
    const {sure, open} = firstOf(result);
    const place = (method: string) => placeOf(result.standings.find((one) => one.method === method)!);
    return [
      {label: ["Sure of the first place"], value: sure.length === LAST ? "All tie" : capital(namesOf(sure))},
      {label: ["Might take it"], value: capital(namesOf(open))},
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
  provenance: () => ({kind: "paper", text: "its tables and sections, and works cited below"}),
  challenge: {
    text: "find a case in which no method meets everything you ask, whatever further tests would show. What would you pay with?",
    met: (result) => nothingFits(result),
  },
});
