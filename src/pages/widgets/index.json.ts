import type {APIRoute} from "astro";
import {loadGallery} from "../../book/figure/gallery.ts";
import {catalog} from "../../embed/gallery/catalog.ts";

/** The list of all widgets, with their parameters and addresses, for programs. */
export const GET: APIRoute = async () => Response.json(catalog(await loadGallery()));
