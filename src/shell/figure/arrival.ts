/**
 * The promise of a result that is on its way: `begin` makes it anew once the last one is settled, `come` keeps it and mends
 * a broken one, `lose` breaks it and says whether there was one to break.
 */
export function arrival() {
  let ends: [come: () => void, lose: (reason: Error) => void] | undefined;
  let coming: Promise<void>;
  function begin() {
    if (ends) return;
    coming = new Promise((...both) => {
      ends = both;
    });
    // It may be that nobody waits for it.
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
