/** A browser driven from outside: what the smoke tests ask of one, whatever it is driven by. */
export interface Browser {
  readonly version: string;
  open(url: string): Promise<void>;
  /** Runs a function with plain arguments in the page, or in the frame that was entered; a promise is waited for. */
  run<Args extends readonly unknown[], Result>(
    code: (...args: Args) => Result,
    ...args: Args
  ): Promise<Awaited<Result>>;
  /** Presses a key by the name of DOM's `key`, for what has the focus. */
  press(key: keyof typeof keys): Promise<void>;
  /** From here to the next `open`, `run` runs in the page's only frame. */
  enterFrame(): Promise<void>;
  /** Every error and warning that was printed or thrown since the browser started, as far as it can be heard. */
  trouble(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** The keys in use, with the code points by which WebDriver knows them. */
export const keys = {Tab: "\uE004", ArrowUp: "\uE013", Enter: "\uE007"} as const;

/** The text of a call that a page can run. */
export const call = (code: (...args: never[]) => unknown, args: readonly unknown[]): string =>
  `(${code})(...${JSON.stringify(args)})`;
