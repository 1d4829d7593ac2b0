/** The lines of an answer: their type, and how sure each is. */
import type {Case} from "./cases.ts";
import type {LoraSettings} from "./settings.ts";

/** How sure a claim or an answer is, in the words that the page prints. */
export const SURENESS = {
  several: "several agree",
  one: "one source",
  disagree: "sources disagree",
  ours: "our own runs",
  default: "a default",
} as const;

export type Sureness = keyof typeof SURENESS;

/** Each sureness as a sign that can be seen at a glance. */
export const SURENESS_SIGNS: Readonly<Record<Sureness, string>> = {
  several: "●●●",
  one: "●○○",
  disagree: "←→",
  ours: "●○○",
  default: "○○○",
};

/** One line of an answer: a setting, its reason, and the claims that it rests on. */
export interface SettingLine {
  /** The setting's name in code; the files' lines that it sets are found by it. */
  topic: string;
  title: string;
  value: string;
  /** Its first sentence is always shown, the rest once the line is opened. */
  reason: string;
  /** The models and data that it was seen with, or that nothing was measured. */
  scope: string;
  sure: Sureness;
  /** Ids of content/practice/claims.json. */
  claims: readonly string[];
}

/** What a rule decides about a line. */
export type LineText = Omit<SettingLine, "topic" | "title">;

/** A line's text for a case with these settings. */
export type LineRule = (run: Case, settings: LoraSettings) => LineText;

/** A line on what nobody measured; its value is from `source`, such as "a default" or "an example". */
export const unmeasuredLine = (
  value: string,
  reason: string,
  claims: readonly string[],
  source = "a default",
): LineText => ({
  value,
  reason,
  scope: `${source}, without a measurement`,
  sure: "default",
  claims,
});
