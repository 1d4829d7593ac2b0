import {z} from "astro/zod";
import data from "../../../content/glossary.json" with {type: "json"};

/** A term: its meaning in one sentence, its symbol in print and in TeX, its name in our code. */
export const glossarySchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  term: z.string().min(1),
  symbol: z.string().optional(),
  tex: z.string().optional(),
  code: z.string().optional(),
  sentence: z.string().regex(/^[^.!?]+\.$/),
  chapter: z.string().optional(),
});

type GlossaryEntry = z.infer<typeof glossarySchema>;

/** The glossary in alphabetical order of its terms. */
export const glossary: readonly GlossaryEntry[] = data
  .map((entry) => glossarySchema.parse(entry))
  .sort((a, b) => a.term.localeCompare(b.term, "en", {sensitivity: "base"}));

/** The entry of that id. Throws and says where to add one. */
export function glossaryEntry(id: string): GlossaryEntry {
  const found = glossary.find((entry) => entry.id === id);
  if (!found) throw new Error(`glossary: there is no term ${id}; add it to content/glossary.json`);
  return found;
}
