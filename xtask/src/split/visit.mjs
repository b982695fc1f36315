// Opens the page in Node, where just enough of a browser is played to it, does with every demo what visitors do, and
// prints the numbers of the places in its code that were reached. The module notes them in its memory. Nothing here is
// true to the standards: it is enough that the page's own code runs. Time is counted, not measured, so that every build
// finds the same.
//
//     node visit.mjs GLUE.mjs COUNTING.wasm BEGIN PLACES DEMOS PROGRAMS

import { readFileSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";

const [glue, wasm, begin, places, folder, programs] = process.argv.slice(2);
const demos = readdirSync(folder).filter(name => name.endsWith(".py")).map(name => name.slice(0, -".py".length)).sort();

/// What a browser has and this does not know is a function that does nothing.
const anything = new Proxy({}, {
  get: (_, name) => typeof name === "string" && !name.startsWith("__") && name !== "then" ? () => undefined : undefined,
});
class Thing {}
Object.setPrototypeOf(Thing.prototype, anything);

class Node extends Thing {
  childNodes = [];
  parentNode = null;
  listeners = [];
  get parentElement() { return this.parentNode; }
  get lastChild() { return this.childNodes.at(-1) ?? null; }
  get nextSibling() { return this.parentNode?.childNodes[this.parentNode.childNodes.indexOf(this) + 1] ?? null; }
  insertBefore(node, next) {
    node.parentNode?.removeChild(node);
    const index = next ? this.childNodes.indexOf(next) : this.childNodes.length;
    this.childNodes.splice(index, 0, node);
    node.parentNode = this;
    return node;
  }
  appendChild(node) { return this.insertBefore(node, null); }
  removeChild(node) {
    this.childNodes.splice(this.childNodes.indexOf(node), 1);
    node.parentNode = null;
    return node;
  }
  addEventListener(type, listener) { this.listeners.push([type, listener]); }
  removeEventListener(_, listener) { this.listeners = this.listeners.filter(other => other[1] !== listener); }
}

class Element extends Node {
  attributes = new Map();
  value = "";
  selectionStart = 0;
  get clientWidth() { return Math.min(800, innerWidth - 24); }
  clientHeight = 900;
  constructor(tag, namespace) {
    super();
    this.tagName = tag.toUpperCase();
    this.namespaceURI = namespace;
  }
  setAttribute(name, value) { this.attributes.set(name, value); }
  removeAttribute(name) { this.attributes.delete(name); }
  getAttribute(name) { return this.attributes.get(name) ?? null; }
  hasAttribute(name) { return this.attributes.has(name); }
  getBoundingClientRect() {
    return { left: 0, top: 100, right: 800, bottom: 1000, width: 800, height: 900, x: 0, y: 100 };
  }
  /// Of selectors this knows tags and attributes alone.
  matches(selectors) {
    return selectors.split(",").some(selector => {
      const [, tag, attribute] = selector.trim().match(/^(\w*)(?:\[([\w-]+)\])?$/) ?? [];
      return (tag || attribute) && (!tag || tag.toUpperCase() === this.tagName) && (!attribute || this.hasAttribute(attribute));
    });
  }
  closest(selectors) { return this.matches(selectors) ? this : this.parentNode?.closest?.(selectors) ?? null; }
  contains(other) { return this === other || !!other?.parentNode && this.contains(other.parentNode); }
  cloneNode() { return new Element(this.tagName, this.namespaceURI); }
  set innerHTML(html) {
    const child = () => Object.assign(new Element("raw"), { parentNode: this });
    this.childNodes = html ? [child(), child(), child()] : [];
  }
  get valueAsNumber() { return Number(this.value); }
  /// This element and all within it.
  *all() {
    yield this;
    for (const child of [...this.childNodes]) if (child instanceof Element) yield* child.all();
  }
}

const HTML = "http://www.w3.org/1999/xhtml";
class HTMLDocument extends Node {
  constructor() {
    super();
    this.documentElement = this.appendChild(new Element("html", HTML));
    this.body = this.documentElement.appendChild(new Element("body", HTML));
    this.activeElement = this.body;
    // What is shown until the page is there.
    this.body.appendChild(new Element("p", HTML));
  }
  createElement(tag) { return new Element(tag, HTML); }
  createElementNS(namespace, tag) { return new Element(tag, namespace); }
  createTextNode(text) { return Object.assign(new Node(), { nodeValue: text }); }
}

class Event extends Thing {
  bubbles = true;
  cancelBubble = false;
  defaultPrevented = false;
  composedPath() {
    const path = [];
    for (let node = this.target; node; node = node.parentNode) path.push(node);
    return path;
  }
}

class KeyboardEvent extends Event {}

/// What is fetched is a demo's text.
class Response extends Thing {
  ok = true;
  status = 200;
  constructor(address) {
    super();
    const text = readFileSync(join(folder, basename(address)), "utf8");
    this.text = () => Promise.resolve(text);
  }
}

const isWindow = { [Symbol.hasInstance]: value => value === globalThis };
let late = [];
let milliseconds = 0;
let marks;
let listeners;

/// A new window with nothing in it.
function open(search, width) {
  late = [];
  marks = [];
  listeners = [];
  const stored = new Map();
  const location = { search, pathname: "/", hash: "", href: `http://localhost/${search}`, origin: "http://localhost" };
  const later = callback => { late.push(callback); return callback; };
  const forget = callback => { late = late.filter(other => other !== callback); };
  const window = {
    Window: isWindow, HTMLDocument, Element, HTMLElement: Element, Node, KeyboardEvent, ShadowRoot: class {},
    window: globalThis, self: globalThis, document: new HTMLDocument(), location, innerWidth: width, innerHeight: 900,
    history: new Thing(), navigator: new Thing(),
    fetch: async path => ({ ok: true, text: async () => readFileSync(`static/${path}`, "utf8") }),
    sessionStorage: { getItem: () => null, setItem: () => {}, removeItem: () => {} },
    localStorage: { getItem: name => stored.get(name) ?? null, setItem: (name, value) => stored.set(name, value) },
    matchMedia: () => Object.assign(new Thing(), { matches: false }),
    performance: Object.assign(new Thing(), { now: () => milliseconds += 0.02, mark: name => { marks.push(name); } }),
    ResizeObserver: class extends Thing {
      constructor(callback) {
        super();
        this.observe = () => later(() => callback([], this));
      }
    },
    setTimeout: later, requestAnimationFrame: later, requestIdleCallback: later, clearTimeout: forget,
    cancelAnimationFrame: forget, setInterval: () => 0, clearInterval: () => {},
    Response, fetch: address => Promise.resolve(new Response(address)),
    addEventListener: (type, listener) => { listeners.push([type, listener]); },
    removeEventListener: () => {},
    // The rest is never there: even that it cannot be had has to be said without it.
    beginRest: () => {}, hasRest: () => false, fetchRest: then => later(() => then("not to be had")),
    // A host that asks for a theme, and scrolls the frame into view.
    beginFrame: (themed, seen) => later(() => { themed("dark"); seen(false); seen(true); }),
  };
  for (const [name, value] of Object.entries(window)) {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
}

const soon = setImmediate;

/// Lets happen what is to happen now or later. What goes on and on, as a long run that plays, is left alone in the end.
async function settle(most = 300) {
  for (let patience = most; late.length > 0 && patience > 0; patience -= 1) {
    late.shift()?.();
    await new Promise(resolve => soon(resolve));
  }
}

/// Something is done to an element.
async function happen(type, target, more = {}, patience) {
  const event = Object.assign(type.startsWith("key") ? new KeyboardEvent() : new Event(), {
    type, target, button: 0, buttons: 1, clientX: 300, clientY: 300, pointerId: 1, pointerType: "mouse", deltaY: 1, ...more,
  });
  for (const node of [...event.composedPath(), { listeners }]) {
    for (const [other, listener] of node.listeners) {
      if (other === type) (listener.handleEvent ?? listener).call(node, event);
    }
  }
  await new Promise(resolve => soon(resolve));
  await settle(patience);
}

const elements = () => [...document.body.all()];
const named = name => elements().find(element => element.getAttribute("aria-label") === name);
const press = name => { const button = named(name); return button ? happen("click", button) : undefined; };

async function enter(element, value) {
  element.value = String(value);
  await happen("input", element);
  await happen("change", element);
}

async function slide(slider) {
  const [least, most] = ["min", "max"].map(name => Number(slider.getAttribute(name) ?? 0));
  const before = slider.value || slider.defaultValue || least;
  for (const value of [most, least, Math.round((least + most) / 2), least + 1, most - 1, before]) await enter(slider, value);
  // While it is dragged, a run is given up for the next before it has come far.
  for (let patience = 0; patience < 6; patience += 1) {
    slider.value = String(patience % 2 ? most : before);
    await happen("input", slider, {}, patience);
  }
  await enter(slider, before);
  for (const key of ["Home", "End", "ArrowLeft", "ArrowRight"]) await happen("keydown", slider, { key });
}

const sliders = () => elements().filter(element => element.getAttribute("type") === "range").length;

/// Opens a demo and does what everyone does.
async function visit(number, search, width) {
  open(search, width);
  const page = await import(`${pathToFileURL(glue)}?${number}`);
  const exports = await page.default({ module_or_path: readFileSync(wasm) });
  await new Promise(resolve => soon(resolve));
  await settle();
  if (!marks.includes("signalbox:ready")) throw new Error(`the page was not drawn: ${search}`);
  for (let step = 0; step < 12; step += 1) await press("Step forward");
  await press("Step back");
  await press("Play");
  await press("Pause");
  // As fast as it can be played, a program without an end soon has a long past.
  const speed = named("Speed");
  const before = speed.value || "1";
  await enter(speed, 1000);
  await press("Play");
  await settle();
  await press("Pause");
  await enter(speed, before);
  await press("Restart");
  for (let index = 0; index < sliders(); index += 1) {
    const slider = elements().filter(element => element.getAttribute("type") === "range")[index];
    if (slider) await slide(slider);
  }
  return { exports, trace: page.trace };
}

/// Touches whatever there is to be touched.
async function explore() {
  // What opens a dialog waits for the rest of the code, in which the dialogs are: it never comes here.
  Object.assign(globalThis, { hasRest: () => false, loadRest: () => {} });
  await happen("keydown", document.body, { key: "k", ctrlKey: true });
  for (const key of ["ArrowRight", "ArrowLeft", " ", " ", "Home", "End", "?", "Escape", "Tab"]) {
    await happen("keydown", document.body, { key });
  }
  for (const element of elements().filter(element => element.tagName === "SELECT")) {
    for (const option of [...element.all()].filter(other => other.tagName === "OPTION")) {
      await enter(element, option.getAttribute("value") ?? option.value);
    }
  }
  const editor = named("Program");
  await happen("focusin", editor);
  for (const key of ["a", "Enter", "Tab", "Escape"]) await happen("keydown", editor, { key });
  const gestures = [
    "pointerover", "pointerenter", "pointerdown", "pointermove", "pointerup", "pointercancel", "pointerout", "pointerleave",
    "wheel", "scroll", "click",
  ];
  for (const element of elements()) {
    if (element.tagName === "TEXTAREA") continue;
    for (const gesture of gestures) if (element.parentNode) await happen(gesture, element);
  }
  // Somebody opens a program that is in an address.
  location.hash = "#program=AwA&v=1&seed=2";
  await happen("hashchange", document.body);
  location.hash = "";
  await happen("hashchange", document.body);
  // Somebody begins to write a program: it is stored, and shown without colours.
  await enter(named("Program"), "def one():\n    pass\n");
  await enter(named("Program"), "import asyncio\n");
  await enter(named("Program"), "# Mine\nimport asyncio\nfrom json import dumps\n\nasync def main():\n    print([10, 20])\n\nasyncio.run(main())\n");
}

const reached = new Set();
function note(exports) {
  new Uint8Array(exports.memory.buffer, begin, places).forEach((flag, place) => { if (flag) reached.add(place); });
}

for (const [number, demo] of demos.entries()) {
  note((await visit(number, `?demo=${demo}`, 1440)).exports);
  // In a frame, as wide as a column of text.
  note((await visit(`frame${number}`, `?demo=${demo}&embed=1&autoplay=1`, 700)).exports);
}
// An address may set what a slider sets, by any name that is alike.
for (const tuned of ["?demo=semaphore&semaphore_permits=2", "?demo=deadlock&bob_comes_after=.25&embed=1"]) {
  note((await visit(`tuned${tuned}`.replace(/\W/g, "-"), tuned, 1440)).exports);
}
for (const width of [1440, 390]) {
  const { exports, trace } = await visit(`exploring${width}`, "", width);
  await explore();
  // Calls and loops would be slow if a part of what they take were in the other file.
  for (const program of readdirSync(programs)) trace(readFileSync(join(programs, program), "utf8"), undefined);
  note(exports);
}
// The page may have timers left.
process.stdout.write([...reached].join(" "), () => process.exit(0));
