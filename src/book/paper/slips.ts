import data from "../../../content/paper/inconsistencies.json" with {type: "json"};

/** A place where the paper disagrees with itself. */
export interface Slip {
  id: string;
  where: string;
  issue: string;
}

/** The places where the paper disagrees with itself, in its order. */
export const slips: readonly Slip[] = data.withinThePaper;

/** The differences between v1 and v2 of the paper. */
export const versionDifferences = data.betweenVersions;

/** The differences between v2 and the copy that the conference's reviewers read. */
export const {reviewCopy: reviewCopyDifferences} = data;

/** The table numbers in the place of a slip: "4.1 vs Tables 9-11" → 9, 10, 11. */
export function tableNumbersIn(where: string): number[] {
  const lists = [...where.matchAll(/Tables? (\d+(?:(?:-|, | and )\d+)*)/g)].map(([, list]) => list!);
  return lists.flatMap((list) =>
    list.split(/, | and /).flatMap((part) => {
      const [from, to = from] = part.split("-").map(Number) as [number, number?];
      return Array.from({length: to - from + 1}, (_, i) => from + i);
    }),
  );
}

/** The slips about one table. */
export const slipsOf = (number: number): Slip[] => slips.filter(({where}) => tableNumbersIn(where).includes(number));
