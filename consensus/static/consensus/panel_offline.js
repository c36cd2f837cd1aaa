// Without a signal, opens what the page has put aside; with one, nothing is different.
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  if (event.request.method !== "GET" || new URL(event.request.url).pathname.startsWith("/api/")) return;
  const aside = () => caches.match(event.request, { ignoreVary: true });
  event.respondWith(fetch(event.request).catch(async () => (await aside()) ?? Response.error()));
});
