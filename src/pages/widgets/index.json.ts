import type {APIRoute} from "astro";
import {catalog} from "../../components/gallery/catalog.ts";
import {gallery} from "../../components/gallery/gallery.ts";

export const GET: APIRoute = async () => Response.json(catalog(await gallery()));
