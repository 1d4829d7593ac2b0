import type {APIRoute} from "astro";
import {bibtexFile} from "../book/works/bibtex.ts";
import {references} from "../book/works/references.ts";

/** All works that the site cites, as a BibTeX file. */
export const GET: APIRoute = () =>
  new Response(bibtexFile(references), {headers: {"content-type": "application/x-bibtex; charset=utf-8"}});
