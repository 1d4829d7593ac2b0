/** The claims behind the answers, with their sources; each is checked when the site is built. */
import {z} from "astro/zod";
import claimData from "../../content/practice/claims.json" with {type: "json"};
import sourceData from "../../content/practice/sources.json" with {type: "json"};
import {reference, shortCitation, workAddress} from "../book/works/references.ts";
import {SURENESS, type Sureness} from "./answerLine.ts";

const text = z.string().trim().min(1);

/** Where a claim is from: a work of the bibliography, a page of a library, or runs of ours that a chapter describes. */
const sourceSchema = z.union([
  z.strictObject({work: text, at: text}),
  z.strictObject({page: text, at: text.optional()}),
  z.strictObject({run: z.string().startsWith("npm run sweep:"), chapter: text, section: text}),
]);

const claimSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  topic: text,
  /** Which runs it is about: "imitation", "SDXL". */
  case: text,
  /** The claim, in our words. */
  statement: text,
  source: sourceSchema,
  /** The sentence, setting or table row of the source. */
  quote: text,
  /** The models and data that it was seen with, or that nothing was measured. */
  scope: text,
  sure: z.enum(Object.keys(SURENESS) as [Sureness, ...Sureness[]]),
});
export type Claim = z.infer<typeof claimSchema>;

const pageSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  name: text,
  url: z.url({protocol: /^https$/}),
  /** The library's version, or what is known of the copy that was read. */
  version: text,
  /** The day on which it was read. */
  read: z.string().regex(/^\d{4}-\d\d-\d\d$/),
});
type SourcePage = z.infer<typeof pageSchema>;

/** All claims. Throws if one does not fit the schema. */
export const claims: readonly Claim[] = claimData.map((entry) => claimSchema.parse(entry));

/** The library pages that claims quote. */
export const sourcePages: readonly SourcePage[] = sourceData.map((entry) => pageSchema.parse(entry));

/** The claim of this id. Throws and says where to add one. */
export function claim(id: string): Claim {
  const found = claims.find((one) => one.id === id);
  if (!found) throw new Error(`claims: there is no ${id}; add it to content/practice/claims.json`);
  return found;
}

/** The library page of this id. Throws and says where to add one. */
export function sourcePage(id: string): SourcePage {
  const found = sourcePages.find((one) => one.id === id);
  if (!found) throw new Error(`claims: there is no page ${id}; add it to content/practice/sources.json`);
  return found;
}

/** A source as the page prints it. An address without https is a path of this site; `at` is what to look for there. */
interface PrintedSource {
  name: string;
  address: string;
  at?: string;
  /** The version that was read, and when. */
  version?: string;
}

/** The source of a claim as the page prints it. */
export function printedSource({source}: Claim): PrintedSource {
  if ("work" in source) {
    const work = reference(source.work);
    return {name: shortCitation(work), address: workAddress(work)?.url ?? "", at: source.at};
  }
  if ("page" in source) {
    const {name, url, version, read} = sourcePage(source.page);
    return {name, address: url, at: source.at, version: `${version}; read ${read}`};
  }
  return {name: "our runs", address: `chapters/${source.chapter}/#${source.section}`, at: source.run};
}
