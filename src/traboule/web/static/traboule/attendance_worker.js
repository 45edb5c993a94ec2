/* Opens the attendance page again without a network, from the copy that the page itself put away.
   It governs this page alone and stores nothing: the page stores, and deletes once everything is sent. */
"use strict";
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  if (event.request.method !== "GET") return;
  const own = event.request.mode === "navigate" || new URL(event.request.url).pathname.startsWith("/static/");
  if (!own) return;
  event.respondWith(fetch(event.request).catch(async (error) => {
    const kept = await caches.match(event.request, { ignoreVary: true, ignoreSearch: event.request.mode === "navigate" });
    if (kept) return kept;
    throw error;
  }));
});
