import type {APIRoute} from "astro";
import {stillOf} from "../../../markup/still.ts";
import {defaults} from "../../../shell/controls.ts";
import {computedOnce} from "../../../shell/figure/firstFrames.ts";
import {prerender} from "../../../shell/figure/prerender.ts";
import css from "../../../styles/foreign.css?inline";
import {type WidgetName, widgetNames} from "../../../widgets/registry.ts";

export const getStaticPaths = () => widgetNames.map((name) => ({params: {name}}));

export const GET: APIRoute = async ({params}) => {
  const w = await computedOnce(params.name as WidgetName);
  return new Response(stillOf(prerender(w, defaults(w.controls)), css), {headers: {"content-type": "image/svg+xml"}});
};
