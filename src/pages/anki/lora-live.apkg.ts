import type {APIRoute} from "astro";
import {deckOf} from "../../build/ankiDeck.ts";
import {apkg} from "../../build/apkg.ts";
import {edition} from "../../components/interviewCards.ts";

/** The deck package, made when the site is built. */
export const GET: APIRoute = async ({site}) => new Response(apkg(await deckOf(site), edition));
