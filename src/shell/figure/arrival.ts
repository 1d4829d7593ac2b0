/**
 * A promise of the next result, for whoever waits for it. `begin` makes a new one unless one is pending; `come` resolves
 * it, also after a loss; `lose` rejects it and says whether it was pending.
 */
export function arrival() {
  let ends: [come: () => void, lose: (reason: Error) => void] | undefined;
  let coming: Promise<void>;
  function begin() {
    if (ends) return;
    coming = new Promise((...both) => {
      ends = both;
    });
    // Nobody may be waiting for it.
    coming.catch(() => {});
  }
  begin();
  return {
    begin,
    come() {
      begin();
      ends![0]();
      ends = undefined;
    },
    lose(reason: string): boolean {
      const wasComing = !!ends;
      ends?.[1](new Error(reason));
      ends = undefined;
      return wasComing;
    },
    wait: () => coming,
  };
}
