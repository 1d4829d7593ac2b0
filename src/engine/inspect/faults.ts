/** What the header and the config say is wrong with a file, before a number is read: whole sentences, worst first. */

/** Something that keeps a loader from applying the adapter as it was trained. */
export interface Fault {
  /**
   * "empty": tensors without numbers. "unread": a number format that is not read here. "names": names that PEFT does not
   * look for. "config": ranks that the config does not say. "alpha": an alpha of 0.
   */
  kind: "empty" | "unread" | "names" | "config" | "alpha";
  /** For a headline: it begins with a capital and ends with a full stop. */
  sentence: string;
  /** How many tensors ("empty", "unread") or modules have it. */
  count: number;
}
