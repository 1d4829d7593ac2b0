import type {APIRoute} from "astro";
import {deckOf} from "../../book/anki/ankiDeck.ts";
import {ankiText} from "../../book/anki/ankiText.ts";

/** The same notes as text. */
export const GET: APIRoute = async ({site}) => new Response(ankiText(await deckOf(site)));
