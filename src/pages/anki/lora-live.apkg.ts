import type {APIRoute} from "astro";
import {notesOf} from "../../build/ankiNotes.ts";
import {apkg} from "../../build/apkg.ts";
import {chapterList} from "../../components/chapterList.ts";
import {edition} from "../../components/interviewCards.ts";

/** The deck package, made when the site is built. */
export const GET: APIRoute = async () =>
  new Response(Uint8Array.from(await apkg(notesOf(await chapterList()), edition)));
