import site from "../../../content/site.json" with {type: "json"};
import {type Control, type Controls, choice, hidden} from "../../shell/controls.ts";
import {plain} from "../../shell/signs.ts";
import {options} from "../../shell/state/commonOptions.ts";
import {MOST} from "../../shell/state/packed.ts";
import {address} from "../marks/address.ts";
import {previewSize} from "../site/preview.ts";
import {frameHeight, frameWidths} from "./frameHeights.ts";
import type {Listed} from "./gallery.ts";
import {oembedPath} from "./oembed.ts";
import {commonRows, frameRows, type ParameterRow} from "./parameterRows.ts";

/** A control as a machine reads it. What is undefined is not there. */
export function parameter(name: string, control: Control) {
  const common = {name, label: plain(control.label), default: control.value};
  switch (control.kind) {
    case "range": {
      const {min, max, step, log} = control;
      // A position on a track of powers of ten is the power.
      return {...common, type: "number", min, max, step, scale: log ? "log10" : undefined};
    }
    case "size":
      return {...common, type: "integer", min: control.min, max: control.max, step: 1};
    case "choice":
      return {
        ...common,
        type: "choice",
        options: Object.entries(control.options).map(([value, label]) => ({value, label})),
      };
    case "hidden":
      return {...common, type: "text", maxLength: Number.isFinite(control.limit) ? control.limit : undefined};
  }
}

const text = (limit = Number.POSITIVE_INFINITY) => hidden([], limit, () => undefined);
/** What every widget is told beside its controls, and what its frame is. */
const common: Controls = {...options, s: text(MOST)};
const framed: Controls = {id: text(64), origin: text(), xapi: choice([], {0: "0", 1: "1"}, "0")};

/** The rows of a table for readers as a machine reads them; what may stand in a text is said in words. */
const described = (rows: readonly ParameterRow[], controls: Controls) =>
  rows.map(({name, meaning, values}) => {
    const control = controls[name]!;
    return {...parameter(name, control), label: meaning, values: control.kind === "hidden" ? values : undefined};
  });

/** Every widget for programs: /widgets/index.json. Heights are those of a frame at these widths, in CSS pixels. */
export const catalog = (widgets: readonly Listed[]) => ({
  name: "LoRA, live",
  version: site.version,
  license: "CC-BY-4.0",
  home: address("/"),
  commonParameters: described(commonRows, common),
  frameParameters: described(frameRows, framed),
  widgets: widgets.map(({name, w}) => ({
    name,
    title: w.title,
    description: w.guide,
    sources: w.sources,
    page: address(`widgets/${name}/`),
    embed: address(`embed/${name}/`),
    oembed: address(oembedPath(name)),
    thumbnail: {url: address(`og/widgets/${name}.png`), ...previewSize},
    height: Object.fromEntries(frameWidths.map((width) => [width, frameHeight(name, width)])),
    parameters: Object.entries(w.controls).map(([key, control]) => parameter(key, control as Control)),
  })),
});
