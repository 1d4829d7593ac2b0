import type {Case} from "./cases.ts";
import type {LoraSettings} from "./settings.ts";
import type {Sureness} from "./sureness.ts";

/** One line of an answer: a setting, its reason, and the claims that it rests on. */
export interface SettingLine {
  topic: string;
  title: string;
  value: string;
  /** Its first sentence stands below the value, the rest where the line is opened. */
  reason: string;
  /** On what it was seen. */
  scope: string;
  sure: Sureness;
  /** Ids of content/practice/claims.json. */
  claims: readonly string[];
}

/** What a line says for a case with these settings. */
export type LineRule = (one: Case, settings: LoraSettings) => Omit<SettingLine, "topic" | "title">;
