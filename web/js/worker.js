// worker.js - the service worker: what a browser shows where it reaches no server. It keeps one page with what that page needs
// and nothing of anybody's records; everything else goes to the server as if there were no worker.
const KEPT = ['/offline', '/assets/app.css', '/assets/app.js', '/assets/inter-latin.woff2', '/assets/mark.svg'];
const CACHE = KEPT.join(); // the paths change with what they hold

self.addEventListener('install', (event) => {
    event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(KEPT)).then(() => self.skipWaiting()));
});

async function take_over() {
    for (const name of await caches.keys()) if (name !== CACHE) await caches.delete(name);
    await self.registration.navigationPreload?.enable();
    await self.clients.claim();
}
self.addEventListener('activate', (event) => { event.waitUntil(take_over()); });

async function page(event) {
    try {
        return await event.preloadResponse ?? await fetch(event.request);
    } catch {
        return await caches.match('/offline', { ignoreVary: true }) ?? Response.error();
    }
}
self.addEventListener('fetch', (event) => {
    const { request } = event;
    if (request.mode === 'navigate' && request.method === 'GET') event.respondWith(page(event));
    else if (KEPT.includes(new URL(request.url).pathname)) {
        event.respondWith(caches.match(request, { ignoreVary: true }).then((kept) => kept ?? fetch(request)));
    }
});
