import {layer} from "../../figures/layer.ts";
import {panel} from "../../figures/panel.ts";
import {key} from "../../figures/text/key.ts";
import {type Formula, typeset} from "../../figures/text/typeset.ts";
import type {Act} from "../../shell/widget.ts";
import {controls, type FamilyParams, type FamilyResult, isRun, RATES, type Run, STEPS, type Work} from "./controls.ts";
import {type Floor, rivalCurves} from "./figures/rivalCurves.ts";
import {timeline} from "./figures/timeline.ts";
import {bestOf, bestText, lossAt, lossText, nameOf} from "./sentences.ts";
import {members} from "./works.ts";

/** Powers of ten at the ends of both charts. */
const AXIS = {bottom: -3, top: 1};

const steps = Array.from({length: STEPS + 1}, (_, step) => String(step));

/** Class of a run’s line: LoRA, full fine-tuning, the successor, or QLoRA next to LoftQ. */
const classOf = ({who}: Run, {work}: FamilyParams): string =>
  who === "lora" || who === "full" ? who : who === work ? "other" : "beside";

/** The timeline of all works, with the chosen one pressed. */
export function works(picture: Element, {work}: FamilyParams, act: Act) {
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

/** The chosen work: its idea, its formula with the new parts highlighted, its source, and what the runs can show. */
export function card(picture: Element, {work}: FamilyParams) {
  const {year, changes, formula, idea, source, note} = members[work];
  const box = layer(picture, "div", "member");
  layer(box, "p", "label", `${controls.work.options[work]}, ${year} · changes: ${changes}`);
  const line = layer(box, "div", "math");
  line.setAttribute("aria-label", formula.map(spoken).join(" ").trim());
  typeset(
    line,
    formula.map((keep) => ({keep})),
    {lit: "new", onPick() {}},
  );
  layer(box, "p", "idea", idea);
  layer(box, "p", "note", note);
  layer(box, "p", "source", source);
}

/** The floors above zero; two equal floors share one line. */
function floorsOf(runs: readonly Run[], params: FamilyParams): Floor[] {
  const some = runs.filter(({floor}) => floor);
  const isOne = some.every(({floor}) => lossText(floor!) === lossText(some[0]!.floor!));
  if (some.length > 1 && isOne) return [{name: "level", label: "both floors", value: some[0]!.floor!}];
  return some
    .filter(({who}) => who !== "qlora" || params.work === "qlora")
    .map((run) => ({
      name: `level ${classOf(run, params)}-floor`,
      label: `floor ${nameOf(run.who)}`,
      value: run.floor!,
    }));
}

/** Left, the loss by step at the chosen rate; right, the loss by rate at the chosen step. */
export function charts(picture: Element, {runs}: FamilyResult, params: FamilyParams, act: Act) {
  const {rate, step} = params;
  const at = RATES.indexOf(rate);
  const said = runs.map((run) => `${nameOf(run.who)} ${lossAt(run.losses[at]!, step)}`).join(", ");
  const losses = panel(picture, "losses", {
    label: [`Loss by step at η = ${rate}`],
    width: 256,
    height: 254,
    alt: `Loss after step ${step} at η = ${rate}: ${said}`,
  });
  rivalCurves(
    losses,
    runs.map((run) => ({
      name: classOf(run, params),
      label: run.who === "full" ? "full" : nameOf(run.who),
      values: run.losses[at]!,
    })),
    floorsOf(runs, params),
    {
      ...{...AXIS, width: 124, height: 216, places: steps, each: 20, hasPoints: false, hasNames: true, at: step},
      onMove: (to) => act.set({step: to}),
    },
  );
  const bests = runs.map((run) => bestOf(run, step));
  const tuning = panel(picture, "values", {
    label: [`Loss after step ${step}, by rate η`],
    width: 256,
    height: 254,
    alt: `Best over seven rates: ${runs.map(({who}, i) => `${nameOf(who)} ${bestText(bests[i])}`).join(", ")}`,
  });
  rivalCurves(
    tuning,
    runs.map((run, i) => ({
      name: classOf(run, params),
      label: nameOf(run.who),
      values: run.losses.map((one) => one[step]),
      best: bests[i]?.at,
    })),
    [],
    {
      ...{...AXIS, width: 196, height: 216, places: RATES, each: 2, hasPoints: true, hasNames: false, at},
      onMove: (to) => act.set({rate: RATES[to]!}),
    },
  );
  key(picture, [
    ...runs.map((run) => ({name: `line ${classOf(run, params)}`, kind: "line" as const, text: nameOf(run.who)})),
    {name: "ring", kind: "dot" as const, text: "its best of seven rates"},
  ]);
}
