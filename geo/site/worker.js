// Keeps the map and what it needs, so that it opens without a network after one visit. HELD stands
// before this line: {name, files}; its name changes with the files.

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches.open(HELD.name).then((cache) => cache.addAll(HELD.files.map((file) => new Request(file, { cache: "no-cache" })))).then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches.keys()
      .then((names) => Promise.all(names.filter((name) => name.startsWith("frontline-") && name !== HELD.name).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

// Files named by their content never change: kept ones are good. Pages are asked for first, and
// taken from what is kept when the network does not answer; their ?… makes no other page.
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (url.pathname.includes("/assets/")) {
    event.respondWith(caches.match(request).then((kept) => kept ?? fetch(request)));
    return;
  }
  if (request.mode !== "navigate") return;
  event.respondWith(
    fetch(request)
      .then((answer) => {
        if (answer.ok) {
          const copy = answer.clone();
          event.waitUntil(caches.open(HELD.name).then((cache) => cache.put(url.pathname, copy)));
        }
        return answer;
      })
      .catch(() => caches.match(url.pathname, { ignoreSearch: true }).then((kept) => kept ?? Response.error())),
  );
});
