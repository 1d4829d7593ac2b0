import {defaults} from "../../figure/controls.ts";
import {widgetWithModel} from "../../figure/runs/withModel.ts";
import type {WidgetName} from "../../figures/registry.ts";
import type {Preview} from "../../site/preview.ts";

/** The link preview of a widget's page. Its text is the figure's own sentence about its default state. */
export async function figurePreview(name: WidgetName): Promise<Preview> {
  const w = await widgetWithModel(name);
  const params = defaults(w.controls);
  return {file: `widgets/${name}`, alt: `LoRA, live. ${w.title} ${w.summary(w.compute(params), params)}`};
}
