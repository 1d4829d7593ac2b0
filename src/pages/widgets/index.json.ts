import type {APIRoute} from "astro";
import {catalog} from "../../components/catalog.ts";
import {gallery} from "../../components/gallery.ts";

export const GET: APIRoute = async () => Response.json(catalog(await gallery()));
