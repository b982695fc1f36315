// Keeps a copy of the site in the browser, for when there is no network. `cargo xtask build` puts before this: BUILD, the
// name of what was built, and FILES, the addresses of what belongs to it. Other sites may share the cache.
const SITE = `signalbox ${registration.scope} `;
const COPY = SITE + BUILD;

// Those with a hash in their name never change; whatever else there is may be another build's on the network.
const isHashed = name => /-[0-9a-f]{12,}/.test(name);

addEventListener("install", event => event.waitUntil(keep()));
async function keep() {
  const copy = await caches.open(COPY);
  // One after the other: nobody waits for them.
  for (const name of FILES) {
    const answer = await fetch(name, { cache: isHashed(name) ? "default" : "no-cache" });
    if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
    // What came by way of another address must not answer for a page, says the browser. What was in it may.
    await copy.put(name, answer.redirected ? new Response(answer.body, answer) : answer);
  }
}

// Not before every page of the build before it is closed, so that none of them loses what it may still need.
addEventListener("activate", event => event.waitUntil(take()));
async function take() {
  const old = (await caches.keys()).filter(name => name.startsWith(SITE) && name !== COPY);
  await Promise.all(old.map(name => caches.delete(name)));
  await clients.claim();
}

addEventListener("fetch", event => {
  const { url, method } = event.request;
  const address = url.replace(/[?#].*/, "");
  const name = address === registration.scope ? "index.html" : address.slice(registration.scope.length);
  if (method === "GET" && address.startsWith(registration.scope) && FILES.includes(name))
    event.respondWith(answer(event.request, name));
});
async function answer(request, name) {
  const kept = async () => (await caches.open(COPY)).match(name, { ignoreVary: true });
  if (isHashed(name)) return (await kept()) ?? fetch(request);
  try {
    return await fetch(request);
  } catch (error) {
    const answer = await kept();
    if (answer) return answer;
    throw error;
  }
}
