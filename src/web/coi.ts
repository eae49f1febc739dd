// `import "pythreads/coi"`: cross-origin isolation where the server cannot set headers, by a service worker that adds
// them to every answer. The page is loaded once more when the service worker has taken over.

const RELOADED = "pythreads-coi-reloaded";

/**
 * Registers the service worker at `url`, which must lie where the page does or above: copy `pythreads/coi-worker` there.
 * Done when the page is isolated; a page that is not yet is reloaded, once.
 *
 * @throws Error if service workers are not to be had here, or the page is not isolated even so
 */
export async function isolate(url: string | URL = "coi-worker.js"): Promise<void> {
  if (globalThis.crossOriginIsolated) return sessionStorage.removeItem(RELOADED);
  const { serviceWorker } = navigator;
  if (!serviceWorker) throw new Error("this page cannot be isolated: service workers need https or localhost");
  const registration = await serviceWorker.register(new URL(url, document.baseURI));
  await serviceWorker.ready;
  if (sessionStorage.getItem(RELOADED)) {
    sessionStorage.removeItem(RELOADED);
    throw new Error(
      `this page is not isolated although the service worker ${registration.scope} serves it: ` +
        "is it in a frame, or its opener of another origin?",
    );
  }
  sessionStorage.setItem(RELOADED, "1");
  location.reload();
  await new Promise(() => {}); // nothing more happens in this page
}
