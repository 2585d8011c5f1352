// A button with data-prints opens the browser's own printing; without scripts it is not there.
// With data-prints-at-once the page was asked for to be printed, and is.

for (const button of document.querySelectorAll("[data-prints]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
  if ("printsAtOnce" in button.dataset) window.addEventListener("load", () => window.print());
}
