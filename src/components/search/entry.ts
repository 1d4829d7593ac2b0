/** The groups of results. Among equally good ones, the earlier group comes first. */
export const groups = ["Chapters", "Widgets", "Glossary", "Paper", "Engine", "Pages"] as const;
export type Group = (typeof groups)[number];

/** One place on the site that can be found. */
export interface Entry {
  group: Group;
  /** Its address from the site's root, with the anchor: "chapters/low-rank/#picture". */
  address: string;
  title: string;
  /** The page it belongs to: "2 Low-rank matrices"; empty where the title says enough. */
  place: string;
  /** Its text in plain words, with formulas as they are read aloud. */
  text: string;
  /** Other names and symbols for it: "ΔW deltaWeight". */
  names: string;
}

/** An entry in the index file: the number of its group, then its texts in the order of `Entry`. */
export type Packed = [group: number, address: string, title: string, place: string, text: string, names: string];

export const pack = ({group, address, title, place, text, names}: Entry): Packed => [
  groups.indexOf(group),
  address,
  title,
  place,
  text,
  names,
];

export const unpack = ([group, address, title, place, text, names]: Packed): Entry => ({
  group: groups[group]!,
  address,
  title,
  place,
  text,
  names,
});
