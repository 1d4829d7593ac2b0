import type {APIRoute} from "astro";
import {bibtexFile} from "../components/works/bibtex.ts";
import {references} from "../components/works/references.ts";

export const GET: APIRoute = () =>
  new Response(bibtexFile(references), {headers: {"content-type": "application/x-bibtex; charset=utf-8"}});
