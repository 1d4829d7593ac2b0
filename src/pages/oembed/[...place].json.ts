import type {APIRoute} from "astro";
import {resolveState} from "../../book/figure/states.ts";
import {presetPlace, teach} from "../../book/teach/teach.ts";
import {oembed} from "../../embed/gallery/oembed.ts";
import {addressedFigures, loadWidget, type WidgetName} from "../../figures/registry.ts";

/** The answers for every widget, "rank", and for every figure in a state worth showing, "rank/two-pieces-make-a-sky". */
export const getStaticPaths = () => [
  ...addressedFigures.map(([place, name]) => ({params: {place}, props: {name, preset: undefined}})),
  ...teach.presets.map((preset) => ({
    params: {place: presetPlace(preset)},
    props: {name: preset.state.widget as WidgetName, preset},
  })),
];

/** What a site that embeds the page of this address asks for. */
export const GET: APIRoute<ReturnType<typeof getStaticPaths>[number]["props"]> = async ({props}) => {
  const w = await loadWidget(props.name);
  if (!props.preset) return Response.json(oembed(props.name, w));
  const {id, lock, name: title, state} = props.preset;
  const {params} = await resolveState(`content/teach.json, ${id}`, state);
  const options = lock.length ? {lock: lock.join(",")} : undefined;
  return Response.json(oembed(props.name, w, {title, params, options, place: presetPlace(props.preset)}));
};
