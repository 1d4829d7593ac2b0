import type {WidgetName} from "../../figures/registry.ts";
import type {AnyParams} from "../controls.ts";
import {widgetWithModel} from "../runs/withModel.ts";
import type {ComputingWidget} from "../widget.ts";

/** The widgets asked for so far. */
const widgets = new Map<WidgetName, Promise<ComputingWidget>>();

/** The widget with a `compute` that remembers its results. */
async function remembering(name: WidgetName): Promise<ComputingWidget> {
  const w = await widgetWithModel(name);
  const results = new Map<string, unknown>();
  const compute = (params: AnyParams) => {
    const key = JSON.stringify(params);
    if (!results.has(key)) results.set(key, w.compute(params));
    return results.get(key);
  };
  return {...w, compute};
}

/** The widget for a build. Several pages show the same first frame, and some of them need a training run: each is computed once. */
export function computedOnce(name: WidgetName): Promise<ComputingWidget> {
  const widget = widgets.get(name) ?? remembering(name);
  widgets.set(name, widget);
  return widget;
}
