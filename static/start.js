// What the page's own machinery cannot say: that it could not start, or has come to a stop.
function say(error) {
  if (!(error instanceof Error) || document.querySelector(".crash")) return;
  // In a frame of somebody else's page, nothing is stored that the page itself might have stopped at.
  const isFramed = "embed" in document.documentElement.dataset;
  if (!isFramed) localStorage.setItem("signalbox:crashed", "1");
  const alert = document.createElement("div");
  alert.role = "alert";
  alert.className = "crash";
  alert.textContent = `Signalbox itself has stopped. ${isFramed ? "R" : "Your program is stored; r"}eload the page to go on. (${error})`;
  document.body.prepend(alert);
}
addEventListener("error", event => say(event.error));
addEventListener("unhandledrejection", event => say(event.reason));

// The rest of the code, in the release site: src/app/rest.rs tells why. It is joined to the first half's exports.
let first, rest;
const restAddress = () => document.querySelector("link[as=fetch]").href.replace("_bg.", "_rest.");
const hasRest = () => rest === true || !first.rest;
const joinRest = code => {
  if (!hasRest()) new WebAssembly.Instance(code, { "": first });
  rest = true;
};
function beginRest(exports) {
  first = exports;
}
function fetchRest(then) {
  rest ||= fetch(restAddress()).then(async answer => {
    if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
    joinRest(await WebAssembly.compile(await answer.arrayBuffer()));
  });
  Promise.resolve(rest).then(() => then(), error => {
    rest = undefined;
    then(String(error));
  });
}
function loadRest() {
  if (hasRest()) return;
  const request = new XMLHttpRequest();
  request.open("GET", restAddress(), false);
  // While everything waits, a browser gives text alone: each letter is a byte.
  request.overrideMimeType("text/plain; charset=x-user-defined");
  request.send();
  if (request.status !== 200) throw new Error(`${restAddress()}: ${request.status}`);
  joinRest(new WebAssembly.Module(Uint8Array.from(request.response, letter => letter.charCodeAt(0))));
}

// When the first run is drawn and nothing else is to be done, the site is copied for when there is no network: offline.js
// does it, which the release site alone has. Somebody else's page, or a plan that is paid by the byte, is left alone.
const { offline } = document.documentElement.dataset;
async function keepOffline() {
  try {
    await navigator.serviceWorker?.register(offline);
  } catch {
    // A browser that must not keep anything: then there is no copy.
  }
}
if (offline && self === top && !/[?&]embed=1/.test(location.search) && !navigator.connection?.saveData)
  new PerformanceObserver((marks, observer) => {
    if (!marks.getEntriesByName("signalbox:ready").length) return;
    observer.disconnect();
    (self.requestIdleCallback ?? setTimeout)(keepOffline);
  }).observe({ type: "mark", buffered: true });
