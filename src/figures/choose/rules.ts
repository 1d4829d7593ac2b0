/** The rule base of the figure on choosing a method (content/methods.json). */
import base from "../../../content/methods.json" with {type: "json"};

/** How a method does on a fact of the reader's case; `untested` if we know no source that has tried. */
export type MethodVerdict = "meets" | "pays" | "fails" | "untested";

/** Where a rule comes from: a table of the paper or a place in a work. `construction` if it follows from a definition there. */
export type RuleSource = {table: string} | {work: string; at?: string; construction?: boolean};

/** What some methods do about a fact, and why. `because` writes numbers as `{20.7|table-1|…}`: the number, then its source. */
export interface VerdictRule {
  fact: string;
  methods: readonly string[];
  verdict: MethodVerdict;
  because: string;
  source: RuleSource;
}

/** Something that may be true of the reader's case. */
interface Fact {
  /** A word or two, for the head of a column. */
  short: string;
  /** Ends "You ask for …". */
  asks: string;
  /** What the evidence is about, and what might change the verdicts. */
  mind: string;
}

/** The methods' names for readers. */
export const methodNames: Readonly<Record<string, string>> = base.methods;
/** The facts by name. */
export const facts: Readonly<Record<string, Fact>> = base.facts;
const rules = base.rules as readonly VerdictRule[];

/** A text of the rule base without the sources of its numbers. */
export const withoutSources = (text: string): string => text.replace(/\{([^|}]*)\|[^}]*\}/g, "$1");

/** The rule on a method and a fact; throws if there is none. */
export function ruleOf(method: string, fact: string): VerdictRule {
  const rule = rules.find((one) => one.fact === fact && one.methods.includes(method));
  if (!rule) throw new Error(`choose: no rule says how ${method} stands to ${fact}; add one to content/methods.json`);
  return rule;
}

/** What all methods do about a fact, in their order. */
export const verdictsOn = (fact: string): readonly MethodVerdict[] =>
  Object.keys(methodNames).map((method) => ruleOf(method, fact).verdict);

/** A source as readers see it: "Table 1", "§4.2", "He et al. 2021, §4.2"; with "by construction" at the end if the rule only follows from the source. */
export function citation(source: RuleSource): string {
  if ("table" in source) return source.table.replace("table-", "Table ");
  const {work, at, construction} = source;
  const workName = (base.works as Readonly<Record<string, string>>)[work];
  return [work === "hu2021lora" ? undefined : workName, at, construction ? "by construction" : undefined]
    .filter(Boolean)
    .join(", ");
}

/** Orders "§4.2" before "§10". */
const byNumber = (a: string, b: string): number => a.localeCompare(b, "en", {numeric: true});

/** Every work behind the rules, with the cited places. */
export const ruleWorks: readonly string[] = Object.entries(base.works).map(([work, name]) => {
  const places = rules.flatMap(({source}) => {
    if ("table" in source) return work === "hu2021lora" ? citation(source) : [];
    return source.work === work && source.at ? source.at : [];
  });
  return [name, ...[...new Set(places)].sort(byNumber)].join(", ");
});
