import type {APIRoute} from "astro";
import {edition} from "../../components/review/interviewCards.ts";
import {deckOf} from "../../make/anki/ankiDeck.ts";
import {apkg} from "../../make/anki/apkg.ts";

/** The deck for Anki. */
export const GET: APIRoute = async ({site}) => new Response(apkg(await deckOf(site), edition));
