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

/**
 * An entry in the index file: the number of its group, then its texts in the order of `Entry`. What it shares with the entry
 * before is left out: an address that begins with "#" is on the same page, and 0 stands for the same place. So are empty texts
 * at the end.
 */
export type Packed = [group: number, address: string, title: string, place?: string | 0, text?: string, names?: string];

const pageOf = (address: string): string => address.split("#", 1)[0]!;

export function pack(entries: readonly Entry[]): Packed[] {
  let [page, before] = ["", ""];
  return entries.map(({group, address, title, place, text, names}) => {
    const own = pageOf(address);
    const short = own === page && address !== own ? address.slice(own.length) : address;
    const packed: Packed = [groups.indexOf(group), short, title, place && place === before ? 0 : place, text, names];
    [page, before] = [own, place];
    while (packed.at(-1) === "") packed.pop();
    return packed;
  });
}

export function unpack(packed: readonly Packed[]): Entry[] {
  let [page, before] = ["", ""];
  return packed.map(([group, short, title, given = "", text = "", names = ""]) => {
    const address = short.startsWith("#") ? page + short : short;
    const place = given === 0 ? before : given;
    [page, before] = [pageOf(address), place];
    return {group: groups[group]!, address, title, place, text, names};
  });
}
