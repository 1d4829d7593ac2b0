import type {APIRoute} from "astro";
import {oembed} from "../../components/gallery/oembed.ts";
import {load, type WidgetName, widgetNames} from "../../widgets/registry.ts";

export const getStaticPaths = () => widgetNames.map((name) => ({params: {name}}));

export const GET: APIRoute = async ({params}) => {
  const name = params.name as WidgetName;
  return Response.json(oembed(name, await load(name)));
};
