import site from "../../../content/site.json" with {type: "json"};
import type {LoadedWidget} from "../../book/figure/gallery.ts";
import {type Control, type Controls, hiddenText} from "../../figure/controls.ts";
import {commonOptions} from "../../figure/state/commonOptions.ts";
import {MAX_PACKED_LENGTH} from "../../figure/state/packed.ts";
import {plainText} from "../../figure/symbols.ts";
import {fullAddress} from "../../site/marks/fullAddress.ts";
import {previewSize} from "../../site/preview.ts";
import {frameHeight, frameWidths} from "./frameHeights.ts";
import {oembedPath} from "./oembed.ts";
import {commonRows, frameRows, type ParameterRow} from "./parameterRows.ts";

/** Describes a control for the catalog. Undefined values are left out when it becomes JSON. */
export function describeControl(name: string, control: Control) {
  const basics = {name, label: plainText(control.label), default: control.value};
  switch (control.kind) {
    case "range": {
      const {min, max, step, log} = control;
      // The value of a logarithmic control is the power of ten.
      return {...basics, type: "number", min, max, step, scale: log ? "log10" : undefined};
    }
    case "size":
      return {...basics, type: "integer", min: control.min, max: control.max, step: 1};
    case "choice":
      return {
        ...basics,
        type: "choice",
        options: Object.entries(control.options).map(([value, label]) => ({value, label})),
      };
    case "hidden":
      return {...basics, type: "text", maxLength: Number.isFinite(control.limit) ? control.limit : undefined};
  }
}

/** A parameter that is a text. */
const textControl = (limit = Number.POSITIVE_INFINITY) => hiddenText([], limit, () => undefined);
/** The parameters of every widget besides its controls, and the parameters of its frame. */
const commonControls: Controls = {...commonOptions, s: textControl(MAX_PACKED_LENGTH)};
const frameControls: Controls = {id: textControl(64), origin: textControl()};

/** The rows of a table for readers as JSON. The allowed values of a text are described in words. */
const describeRows = (rows: readonly ParameterRow[], controls: Controls) =>
  rows.map(({name, meaning, values}) => {
    const control = controls[name]!;
    return {...describeControl(name, control), label: meaning, values: control.kind === "hidden" ? values : undefined};
  });

/** The content of /widgets/index.json. `height` has the heights of a frame by its width, in CSS pixels. */
export const catalog = (widgets: readonly LoadedWidget[]) => ({
  name: "LoRA, live",
  version: site.version,
  license: "CC-BY-4.0",
  home: fullAddress("/"),
  commonParameters: describeRows(commonRows, commonControls),
  frameParameters: describeRows(frameRows, frameControls),
  widgets: widgets.map(({name, w}) => ({
    name,
    title: w.title,
    description: w.guide,
    challenge: w.challenge.text,
    sources: w.sources,
    page: fullAddress(`widgets/${name}/`),
    embed: fullAddress(`embed/${name}/`),
    oembed: fullAddress(oembedPath(name)),
    thumbnail: {url: fullAddress(`og/widgets/${name}.png`), ...previewSize},
    height: Object.fromEntries(frameWidths.map((width) => [width, frameHeight(name, width)])),
    parameters: Object.entries(w.controls).map(([key, control]) => describeControl(key, control as Control)),
  })),
});
