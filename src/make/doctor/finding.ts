import type {Answer, Site} from "./fetchSite.ts";

export interface Finding {
  verdict: "ok" | "warn" | "fail";
  /** What was looked at, and what is the case. */
  about: string;
  what: string;
  /** What to do, where something is to be done. */
  mend?: string;
}

export type Check = (site: Site) => Finding[];

export const finding = (verdict: Finding["verdict"], about: string, what: string, mend?: string): Finding => ({
  ...{verdict, about, what},
  ...(mend && verdict !== "ok" && {mend}),
});
export const ok = (about: string, what: string) => finding("ok", about, what);
/** A check of each of these, where the site was asked for it and has it. */
export const each = ({answers}: Site, names: readonly string[], check: (answer: Answer, name: string) => Finding) =>
  names.flatMap((name) => (answers[name]?.status === 200 ? [check(answers[name], name)] : []));

/** One page of each kind. */
export const pages = ["home", "chapter", "gallery", "widget’s page"];
