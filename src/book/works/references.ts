/** The works that the site cites, and how each is named and linked. */
import {z} from "astro/zod";
import data from "../../../content/references.json" with {type: "json"};
import {elementsOf} from "../../site/markdown/mdxElements.ts";

/** A person, or a project, which has no given name. */
const person = z.strictObject({family: z.string().min(1), given: z.string().min(1).optional()});

/** A work as CSL-JSON, with only the fields that we print. */
export const referenceSchema = z.strictObject({
  id: z.string().regex(/^[a-z]+\d{4}[a-z0-9]*$/),
  type: z.enum(["article", "article-journal", "paper-conference", "book"]),
  title: z.string().min(1),
  author: z.array(person).min(1),
  issued: z.strictObject({"date-parts": z.tuple([z.tuple([z.number().int().min(1900).max(2100)])])}),
  "container-title": z.string().optional(),
  publisher: z.string().optional(),
  volume: z.string().optional(),
  issue: z.string().optional(),
  page: z.string().optional(),
  ISBN: z.string().optional(),
  DOI: z.string().optional(),
  URL: z.url().optional(),
  note: z.string().optional(),
});

export type Reference = z.infer<typeof referenceSchema>;

/** All works that the site cites, as in content/references.json. */
export const references: readonly Reference[] = data.map((entry) => referenceSchema.parse(entry));

/** The work with that key. Throws and says where to add one. */
export function reference(key: string): Reference {
  const found = references.find(({id}) => id === key);
  if (!found) throw new Error(`<Cite work="${key}">: no such work; add it to content/references.json`);
  return found;
}

/** The year in which a work appeared. */
export const yearOf = (work: Reference): number => work.issued["date-parts"][0][0];

/** The short name of a work: "Hu et al., 2021", "Eckart & Young, 1936". */
export function shortCitation(work: Reference): string {
  const [first, second] = work.author;
  const who =
    work.author.length > 2 ? `${first.family} et al.` : second ? `${first.family} & ${second.family}` : first.family;
  return `${who}, ${yearOf(work)}`;
}

/** Up to ten authors in full; of more, the first six and "et al.". */
export function authorLine(work: Reference): string {
  const names = work.author.map(({given, family}) => (given ? `${given} ${family}` : family));
  if (names.length > 10) return `${names.slice(0, 6).join(", ")} et al.`;
  if (names.length === 1) return names[0];
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** The venue of a work: journal with volume and pages, conference, publisher, or arXiv. */
export function venueLine(work: Reference): string {
  const volume = work.volume && `${work.volume}${work.issue ? `(${work.issue})` : ""}`;
  const place = work["container-title"] ?? work.publisher ?? "arXiv preprint";
  return [place, volume, work.page && `pp. ${work.page}`].filter(Boolean).join(", ");
}

/** The permanent address of a work and the text of its link; undefined for a book without one. */
export function workAddress(work: Reference): {url: string; label: string} | undefined {
  if (work.DOI) return {url: `https://doi.org/${work.DOI}`, label: `doi:${work.DOI}`};
  if (!work.URL) return undefined;
  return {url: work.URL, label: work.URL.replace("https://arxiv.org/abs/", "arXiv:")};
}

/**
 * The works that a chapter's raw MDX cites, in order of first mention: every `<Cite work="…">`, and the paper itself where a
 * component prints one of its numbers.
 */
export function citedWorks(source: string): string[] {
  const works = new Set<string>();
  for (const {name, attributes} of elementsOf(source)) {
    if (["Paper", "PaperTable", "Num"].includes(name)) works.add("hu2021lora");
    else if (name === "Cite" && attributes.work) works.add(attributes.work);
  }
  return [...works];
}
