// Programs that run in the middle of a text: the element <signal-box>, and a button for every code block of the class
// `signalbox`. Both open the page beside this script in a frame, in its compact form.
//
// The element shows a `demo` by its name, the program at the address `src`, or the program that is its text. Its other
// attributes are `theme`, `autoplay`, `speed`, `step`, `seed`, `height`, and numbers of the program by their names.
(() => {
  if (customElements.get("signal-box")) return;
  const script = document.currentScript ?? document.querySelector("script[src*='embed.js']");
  const page = new URL("index.html", script.src);
  /// The page reads no longer program, in bytes.
  const MOST = 200_000;
  /// No frame is lower or higher than this, in pixels.
  const [LEAST, HIGHEST] = [120, 12_000];
  /// What may stand in any element, so that it names nothing in a program.
  const OF_ALL_ELEMENTS = /\W|^(class|dir|hidden|id|inert|is|lang|nonce|part|role|slot|style|tabindex|title|translate)$/;
  /// What stands in a code block and is not of its program: the numbers of lines, and buttons.
  const GUTTERS = ".linenos, .lineno, .linenodiv, .ln, .lnt, .gutter, .rouge-gutter, .line-numbers-rows, button";

  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { display: block; margin: 1em 0; }
    iframe, div { box-sizing: border-box; display: block; width: 100%; max-height: ${HIGHEST}px; border: 1px solid #8886; border-radius: 10px; }
    p { margin: 0 0 8px; padding: 8px 12px; border-left: 4px solid #d5382b; font: 14px/1.5 system-ui, sans-serif; }
    button { padding: 5px 12px; border: 1px solid; border-color: color-mix(in srgb, currentColor 35%, transparent); border-radius: 8px; background: none; color: inherit; font: 500 14px/20px system-ui, sans-serif; cursor: pointer; }
    button:hover { background: color-mix(in srgb, currentColor 9%, transparent); }
    button:focus-visible { outline: 2px solid; outline-offset: 2px; }`);
  const shadow = element => {
    const root = element.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet];
    return root;
  };
  const make = (name, properties) => Object.assign(document.createElement(name), properties);

  /// The program in an element, without what surrounds it in a text.
  const programIn = element => {
    const copy = element.cloneNode(true);
    for (const gutter of copy.querySelectorAll(GUTTERS)) gutter.remove();
    for (const end of copy.querySelectorAll("br")) end.replaceWith("\n");
    let lines = copy.textContent.replace(/\r\n?/g, "\n").replace(/\u00a0/g, " ").split("\n");
    const indents = lines.filter(line => line.trim()).map(line => line.search(/\S/));
    lines = lines.map(line => line.trim() ? line.slice(Math.min(...indents)) : "");
    if (lines.some(line => line.startsWith(">>> "))) {
      lines = lines.filter(line => /^(>>>|\.\.\.)( |$)/.test(line)).map(line => line.slice(4));
    }
    const text = lines.join("\n").replace(/^\n+|\n+$/g, "");
    return text && `${text}\n`;
  };

  /// The text at an address; one that does not end is not read to its end.
  const fetched = async address => {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(answer.status);
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let text = ""; ;) {
      const { done, value } = await reader.read();
      if (done) return text;
      text += value;
      if (text.length > MOST) {
        reader.cancel();
        return text;
      }
    }
  };

  /// A text as the page reads it in the fragment of its address.
  const packed = async blob => {
    const stream = blob.stream().pipeThrough(new CompressionStream("deflate-raw"));
    const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
    const letters = btoa(bytes.reduce((all, byte) => all + String.fromCharCode(byte), ""));
    return letters.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  };

  /// How bright a computed colour is, from 0 to 1, and how opaque: it may be written in any of CSS's ways.
  const light = colour => {
    const [first, second, third, alpha = 1] = colour.match(/(?<![\w-])-?[\d.]+/g).map(Number);
    const sum = /^[rc]/.test(colour) ? 0.3 * first + 0.59 * second + 0.11 * third : first;
    return [sum / ({ r: 255, l: 100 }[colour[0]] ?? 1), alpha];
  };
  /// Whether an element stands on a dark ground. Where nobody has painted one, the text tells.
  const isDark = element => {
    for (let each = element; each; each = each.parentElement ?? each.getRootNode().host) {
      const [brightness, alpha] = light(getComputedStyle(each).backgroundColor);
      if (alpha > 0.5) return brightness < 0.5;
    }
    return light(getComputedStyle(element).color)[0] > 0.5;
  };

  /// All elements that are in the document.
  const boxes = new Set();
  const near = new IntersectionObserver(entries => {
    for (const { isIntersecting, target } of entries) if (isIntersecting) target.open();
  }, { rootMargin: "300px" });

  class SignalBox extends HTMLElement {
    connectedCallback() {
      boxes.add(this);
      // A frame that was moved to another place begins anew.
      this.told = undefined;
      if (this.shadowRoot) return;
      this.frame = shadow(this).appendChild(make("div"));
      this.frame.style.height = this.height() || (this.clientWidth < 600 ? "1040px" : "840px");
      near.observe(this);
    }

    disconnectedCallback() {
      boxes.delete(this);
    }

    /// The height that the attribute sets, if it does.
    height() {
      const height = this.getAttribute("height") ?? "";
      const length = isNaN(height) ? height : `${height}px`;
      return CSS.supports("height", length) ? length : "";
    }

    /// The theme to ask for: what the attribute says, or what the page around looks like.
    theme() {
      const theme = this.getAttribute("theme") ?? "auto";
      return theme === "auto" ? (isDark(this) ? "dark" : "light") : theme;
    }

    /// Opens the frame.
    async open() {
      near.unobserve(this);
      const address = new URL(page);
      address.search = new URLSearchParams({ embed: 1, theme: this.told = this.theme() });
      const state = new URLSearchParams();
      for (const { name, value } of this.attributes) {
        if (OF_ALL_ELEMENTS.test(name) || /^(demo|embed|height|program|src|theme|v)$/.test(name) || name.startsWith("on") && name in this) continue;
        state.append(name, name === "autoplay" ? Number(!/^(0|false)$/.test(value)) : value);
      }
      const [demo, src] = [this.getAttribute("demo"), this.getAttribute("src")];
      try {
        const text = demo !== null ? "" : src !== null ? await fetched(src) : this.program ?? programIn(this.querySelector("pre, script") ?? this);
        const blob = new Blob([text]);
        if (blob.size > MOST) return this.say(`This program is too large: Signalbox reads up to ${MOST} bytes.`);
        if (text) {
          address.hash = `program=${await packed(blob)}&${state}`;
        } else {
          if (demo !== null) state.set("demo", demo);
          address.search += `&${state}`;
        }
      } catch (error) {
        return this.say(`Signalbox could not load ${src} (${error.message}).`);
      }
      const frame = make("iframe", { title: this.title || "Signalbox", src: address });
      // Of the same origin as itself, since hosts of static files allow no others to fetch scripts and wasm.
      frame.sandbox = "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-downloads";
      if (!this.height()) frame.setAttribute("scrolling", "no");
      frame.style.height = this.frame.style.height;
      this.frame.replaceWith(frame);
      this.frame = frame;
    }

    /// Says what is wrong. What stands in the element can be read again.
    say(sentence) {
      this.frame.replaceWith(make("p", { role: "alert", textContent: sentence }), make("slot"));
    }

    /// Tells the frame if the page around has changed its looks.
    tell() {
      const theme = this.theme();
      if (this.told === theme || !this.frame.contentWindow) return;
      this.told = theme;
      this.frame.contentWindow.postMessage({ signalbox: 1, theme }, page.origin === "null" ? "*" : page.origin);
    }
  }

  // A frame tells how high it is, and nothing else. Whatever anybody else says is ignored.
  addEventListener("message", ({ isTrusted, origin, source, data }) => {
    if (!isTrusted || !source || origin !== page.origin || data?.signalbox !== 1 || !Number.isFinite(data.height)) return;
    for (const box of boxes) {
      if (box.frame.contentWindow !== source) continue;
      if (!box.height()) box.frame.style.height = `${Math.min(Math.max(data.height, LEAST), HIGHEST)}px`;
      box.tell();
    }
  });

  /// Gives a button to the code blocks that have none yet.
  const marked = new WeakSet();
  const mark = () => {
    for (const block of document.querySelectorAll(".signalbox")) {
      const code = block.closest("pre") ?? [...block.querySelectorAll("pre")].at(-1);
      // Whatever a generator wraps around the code, the copy button and the like, goes away with it.
      const around = code?.closest(".signalbox, .highlight, [class*='language-']:not(code)");
      const whole = block.contains(code) ? block : around ?? code;
      if (!code || marked.has(code)) continue;
      marked.add(code);
      const bar = make("div");
      const button = shadow(bar).appendChild(make("button"));
      let box;
      const show = live => {
        button.textContent = live ? "Back to the code" : "▶\uFE0E Watch it run";
        whole.style.setProperty("display", live ? "none" : display, live ? "important" : "");
      };
      const display = whole.style.display;
      button.onclick = () => {
        if (box) {
          box.remove();
          box = undefined;
        } else {
          box = make("signal-box", { program: programIn(code) });
          bar.before(box);
        }
        show(box);
      };
      show();
      whole.after(bar);
      // Whatever margins it has, the button belongs to the block.
      const gap = bar.getBoundingClientRect().top - code.getBoundingClientRect().bottom;
      bar.style.margin = `${8 - gap}px 0 ${Math.max(gap, 16)}px`;
    }
  };

  /// Calls `action` soon after something happened, and again when what is animated has come to rest.
  const after = action => {
    let waits;
    return () => {
      if (waits) return;
      waits = true;
      setTimeout(action, 50);
      setTimeout(() => {
        waits = false;
        action();
      }, 600);
    };
  };
  const look = after(() => boxes.forEach(box => box.tell()));
  const start = () => {
    customElements.define("signal-box", SignalBox);
    mark();
    // Some pages replace their text without being loaded anew.
    new MutationObserver(after(mark)).observe(document.body, { childList: true, subtree: true });
    for (const root of [document.documentElement, document.body]) new MutationObserver(look).observe(root, { attributes: true });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", look);
  };
  // Before that, what is in an element may not have been read yet.
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", start);
  else start();
})();
