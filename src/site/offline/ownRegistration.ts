/**
 * The registration of this site's own service worker. Another project on the same host may have one that covers these pages
 * too; that one is left alone. `home`: address of the site's root, with its slash.
 */
export async function ownRegistration(home: string): Promise<ServiceWorkerRegistration | undefined> {
  // Browsers that keep nothing reject this.
  const found = await navigator.serviceWorker.getRegistration(home).catch(() => undefined);
  return found?.scope === home ? found : undefined;
}
