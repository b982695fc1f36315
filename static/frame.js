// In a frame of somebody else's page: what the two tell each other, and whether the frame can be seen.
// The page tells how high it is, and is told how to look. Whoever shows it may say that, from any origin, so what counts
// is that it is the host who says it. All else is ignored.
function beginFrame(themed, seen) {
  addEventListener("message", ({ isTrusted, source, data }) => {
    if (!isTrusted || source !== parent || data?.signalbox !== 1) return;
    if (data.theme === "light" || data.theme === "dark") themed(data.theme);
  });
  if (parent === self) return seen(true);
  const root = document.documentElement;
  const tell = () => {
    parent.postMessage({ signalbox: 1, height: Math.ceil(root.getBoundingClientRect().height) }, "*");
  };
  // At once, too: a frame of another origin is not drawn before it comes into view, and would grow before the eyes.
  tell();
  new ResizeObserver(tell).observe(root);
  // In view is what shows a good part of itself; out of view is what shows nothing.
  new IntersectionObserver(entries => {
    const { intersectionRatio } = entries.at(-1);
    if (intersectionRatio === 0 || intersectionRatio >= 0.3) seen(intersectionRatio > 0);
  }, { threshold: [0, 0.3] }).observe(root);
}
