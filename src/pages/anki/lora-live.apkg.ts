import type {APIRoute} from "astro";
import {edition} from "../../components/review/interviewCards.ts";
import {deckOf} from "../../make/anki/ankiDeck.ts";
import {apkg} from "../../make/anki/apkg.ts";

/** The deck package, made when the site is built. */
export const GET: APIRoute = async ({site}) => new Response(apkg(await deckOf(site), edition));
