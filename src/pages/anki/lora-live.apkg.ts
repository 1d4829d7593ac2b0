import type {APIRoute} from "astro";
import {deckOf} from "../../book/anki/ankiDeck.ts";
import {apkgFile} from "../../book/anki/apkg.ts";
import {edition} from "../../book/review/interviewCards.ts";

/** The deck for Anki as a package, which Anki opens. */
export const GET: APIRoute = async ({site}) => new Response(apkgFile(await deckOf(site), edition));
