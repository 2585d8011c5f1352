// A button with data-prints opens the browser's own printing; without scripts it is not there.

for (const button of document.querySelectorAll("[data-prints]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
