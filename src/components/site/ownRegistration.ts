/**
 * The registration of this site's own service worker. One of another project on the same host may cover these pages too,
 * and is none of our business. `home`: address of the site's root, with its slash.
 */
export async function ownRegistration(home: string): Promise<ServiceWorkerRegistration | undefined> {
  // A browser that keeps nothing refuses the question.
  const found = await navigator.serviceWorker.getRegistration(home).catch(() => undefined);
  return found?.scope === home ? found : undefined;
}
