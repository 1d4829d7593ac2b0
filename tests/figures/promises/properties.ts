/** What holds of a widget in every state: each gives what is wrong, one entry each. */
import type {AnyParams, Controls} from "../../../src/figure/controls.ts";
import type {AnyWidget} from "../../../src/figure/widget.ts";
import type {Claims} from "../oracles/oracle.ts";
import {disagreements} from "./numbers.ts";
import {onStep} from "./states.ts";

const unsaid = /\b(NaN|Infinity|undefined|null)\b|\[object/;
const rawFloat = /\d\.\d{7,}/;
/** "1 rows", "of 1 numbers", "1 of 1 outer products", "the first 1 are". */
const wrongPlural =
  /(?<![\d,.×] ?)\b1 (?:outer products|singular values|numbers|times|terms|rows|columns|characters|bytes|directions|cells|are)\b/;
const wrongSingular =
  /\b(?!1\b)\d+(?:[.,]\d+)* (?:outer product|singular value|number|time|term|row|column|character|byte|direction|cell)\b/;

/** Parameters that are not inside their controls. */
export function outside(w: AnyWidget, params: AnyParams): string[] {
  const bounds = w.bounds?.(params) ?? {};
  const names = Object.keys(w.controls as Controls);
  if (Object.keys(params).join() !== names.join()) return [`keys are ${Object.keys(params)}`];
  return names.filter((name) => {
    const control = (w.controls as Controls)[name]!;
    const value = params[name];
    if (control.kind === "choice") return !Object.keys(control.options).includes(String(value));
    if (control.kind === "hidden")
      return typeof value !== "string" || value.length > control.limit || (value !== "" && control.problem(value));
    const [min, max] = bounds[name] ?? [control.min, control.max];
    const inside = (x: number) => x >= Math.max(min, control.min) && x <= Math.min(max, control.max);
    const step = control.kind === "range" && control.step < 1 ? control.step : 1;
    const isStep = typeof value === "number" && Number.isInteger(onStep((value - control.min) / step));
    return !(isStep && inside(value));
  });
}

/** What a drawn figure leaves unsaid, raw or ungrammatical. `html` is what it holds, where that is known. */
export function illWritten(root: Element, html = root.innerHTML): string[] {
  const labels = [...root.querySelectorAll("[aria-label]")].map((node) => node.getAttribute("aria-label") ?? "");
  const cells = [...root.querySelectorAll("dd, p, caption, title, td, th")].map((node) => node.textContent ?? "");
  const gap = unsaid.exec(html)?.[0];
  return [
    ...(gap === undefined ? [] : [`${gap} is on the page`]),
    ...(labels.length + cells.length > 10 ? [] : [`only ${labels.length + cells.length} texts are on the page`]),
    ...[...cells, ...labels].flatMap((text) =>
      [rawFloat, wrongPlural, wrongSingular].flatMap((rule) => {
        const wrong = rule.exec(text)?.[0];
        return wrong === undefined ? [] : [`${wrong} in “${text}”`];
      }),
    ),
  ];
}

/** Why a figure's sentence is no sentence, or more than two. */
export function unlikeSentence(sentence: string): string[] {
  const isSentence = /^[A-Z\d].*\.$/.test(sentence);
  const count = sentence.match(/[.!?](?= |$)/g)?.length ?? 0;
  return isSentence && count <= 2 ? [] : [`no one or two sentences: “${sentence}”`];
}

/** A readout as it is read; a formula in a note ("‖ΔW − BA‖", "dk / (d + k)") holds no number. */
const said = (value: string, note: string) => `${value} ${note}`;

/** Where sentence, readouts and table say something else than an independent computation found. */
export function unlikeClaims(w: AnyWidget, params: AnyParams, result: unknown, claims: Claims): string[] {
  const table = w.table(result, params);
  const readouts = w.readouts(result, params);
  const count = table.rows.length === claims.rows.length;
  // Of readouts an oracle may know more than this state shows.
  const known = readouts.length <= claims.readouts.length;
  return [
    ...(count ? [] : [`the table has ${table.rows.length} rows, due are ${claims.rows.length}`]),
    ...(known ? [] : [`there are ${readouts.length} readouts, due are ${claims.readouts.length}`]),
    ...disagreements(w.summary(result, params), claims.summary),
    ...readouts.flatMap(({value, note = ""}, i) => disagreements(said(value, note), claims.readouts[i] ?? [])),
    ...disagreements(table.caption, claims.caption),
    ...table.rows.flatMap((row, i) => disagreements(row.join(" "), claims.rows[i] ?? [])),
  ];
}

/** Rows of a figure's table that are shorter or longer than its head. */
export function ragged(w: AnyWidget, params: AnyParams, result: unknown): string[] {
  const {columns, rows} = w.table(result, params);
  return rows.flatMap((row, i) =>
    row.length === columns.length ? [] : [`row ${i + 1} has ${row.length} cells, the head has ${columns.length}`],
  );
}
