/** What a child says to the command. */
export type Said =
  /** The nth case begins; where it stands, in case it never ends. */
  | {at: number; where: string}
  /** It is at work. */
  | {beat: true}
  | {failure: Failure}
  | {done: Done};

export interface Failure {
  n: number;
  where: string;
  problem: string;
}

export interface Done {
  cases: number;
  /** Milliseconds of the longest piece of work, and the case it was in. */
  slowest: number;
  slowestAt: number;
  /** Bytes that stayed after the garbage was collected, above those after the first cases, at most. */
  heap: number;
}

/** Bytes by which the heap may grow. */
export const GROWTH = 64 * 2 ** 20;
/** Mebibytes at which a child is ended. */
export const HEAP_LIMIT = 1024;
