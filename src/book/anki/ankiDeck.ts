import {chapterList} from "../chapter/chapterList.ts";
import {type AnkiNote, ankiNotes} from "./ankiNotes.ts";

/** The notes of this site. They have links only if the site has a public address. */
export async function deckOf(site: URL | undefined): Promise<AnkiNote[]> {
  const isPublic = site !== undefined && site.hostname !== "localhost";
  return ankiNotes({chapters: await chapterList(), origin: isPublic ? site.origin : undefined});
}
