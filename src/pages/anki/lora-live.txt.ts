import type {APIRoute} from "astro";
import {deckOf} from "../../book/anki/ankiDeck.ts";
import {ankiText} from "../../book/anki/ankiNotes.ts";

/** The notes of the Anki deck as text. */
export const GET: APIRoute = async ({site}) => new Response(ankiText(await deckOf(site)));
