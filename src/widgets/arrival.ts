/** The promise of a first result: `come` keeps it for good, `lose` breaks it, and `begin` makes a broken one anew. */
export function arrival() {
  let isThere = false;
  let isLost = true;
  let ends: [come: () => void, lose: (reason: Error) => void];
  let coming: Promise<void>;
  function begin() {
    if (!isLost) return;
    isLost = false;
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
      isThere = true;
      ends[0]();
    },
    lose(reason: string) {
      isLost = !isThere;
      ends[1](new Error(reason));
    },
    wait: () => coming,
  };
}
