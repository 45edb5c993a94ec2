/* Opens the page of a log again without a network, from the copy that the page itself put away.
   It stores nothing: the page stores, and deletes once everything is sent. */
"use strict";
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  if (event.request.method !== "GET") return;
  const own = event.request.mode === "navigate" || new URL(event.request.url).pathname.startsWith("/static/");
  if (!own) return;
  event.respondWith(fetch(event.request).catch(async (error) => {
    const kept = await caches.match(event.request, { ignoreVary: true });
    if (kept) return kept;
    throw error;
  }));
});
