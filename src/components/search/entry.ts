/** The groups of what can be found, in the order in which equals stand. */
export const groups = ["Chapters", "Widgets", "Glossary", "Paper", "Engine", "Pages"] as const;
export type Group = (typeof groups)[number];

/** One place on the site that a search leads to. */
export interface Entry {
  group: Group;
  /** From the site's root, with its anchor: "chapters/low-rank/#picture". */
  address: string;
  title: string;
  /** What it is a part of: "2 Low-rank matrices"; empty where the title says all. */
  place: string;
  /** What stands there, as plain words; formulas as they are read out. */
  text: string;
  /** Symbols and names it goes by besides its title: "ΔW deltaWeight". */
  names: string;
}

/** An entry as the index file has it: the group by its number, then the rest in the order of `Entry`. */
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
