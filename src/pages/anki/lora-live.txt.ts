import type {APIRoute} from "astro";
import {notesOf} from "../../build/ankiNotes.ts";
import {ankiText} from "../../build/ankiText.ts";
import {chapterList} from "../../components/chapterList.ts";

/** The same notes as text, made when the site is built. */
export const GET: APIRoute = async () => new Response(ankiText(notesOf(await chapterList())));
