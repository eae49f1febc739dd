// Shared memory is only for pages whose answers bear two headers.

/** @throws Error if the page is not isolated: what is missing, and how to get it */
export function demandIsolation(): void {
  if (globalThis.crossOriginIsolated) return;
  const reason = globalThis.isSecureContext
    ? "its headers Cross-Origin-Opener-Policy and Cross-Origin-Embedder-Policy are missing or not in force"
    : `${location.origin} is no secure context (https, or localhost)`;
  throw new Error(
    `pythreads needs shared memory, and this page has none: crossOriginIsolated is false, as ${reason}. ` +
      "Serve the page with Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp " +
      "(the plugin pythreads/vite does so in dev and preview), or, where headers cannot be set, call isolate() of pythreads/coi first.",
  );
}
