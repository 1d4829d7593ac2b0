import type {Answer, Site} from "./fetchSite.ts";

export interface Finding {
  verdict: "ok" | "warn" | "fail";
  /** What was checked. */
  about: string;
  /** What was found. */
  what: string;
  /** What to do about it. */
  mend?: string;
}

export type Check = (site: Site) => Finding[];

const toMend =
  (verdict: "warn" | "fail") =>
  (about: string, what: string, mend: string): Finding => ({verdict, about, what, mend});

export const ok = (about: string, what: string): Finding => ({verdict: "ok", about, what});
export const warn = toMend("warn");
export const fail = toMend("fail");

/** Checks each of these answers that the site gave with status 200. */
export const each = ({answers}: Site, names: readonly string[], check: (answer: Answer, name: string) => Finding) =>
  names.flatMap((name) => (answers[name]?.status === 200 ? [check(answers[name], name)] : []));

/** One page of each kind. */
export const pages = ["home", "chapter", "gallery", "widget’s page"];
