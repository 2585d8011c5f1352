// What the desk's pages do in the browser beyond htmx: small, and every page works without it.

const TOAST_MS = 7000;
const UNDO_MS = 15000;

// -- dialogs: data-opens="id" opens, data-closes closes, a dialog with data-open is open -------

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) {
    event.preventDefault();
    document.getElementById(opener.dataset.opens)?.showModal();
    return;
  }
  const closer = event.target.closest("[data-closes]");
  if (closer) closer.closest("dialog")?.close();
  const toast = event.target.closest("[data-closes-toast]");
  if (toast) toast.closest(".toast").remove();
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
  if (event.target instanceof HTMLDialogElement) event.target.close(); // its backdrop
});

function openWhatIsAsked(root) {
  for (const dialog of root.querySelectorAll("dialog[data-open]:not([open])")) dialog.showModal();
}

// -- whoever works with keys alone begins on the next page where the hand was ---------------------

let byKeys = false;
document.addEventListener("keydown", () => (byKeys = true), true);
document.addEventListener("pointerdown", () => (byKeys = false), true);

function nameOf(one) {
  return one.id ? `#${one.id}` : `${one.tagName} ${one.ariaLabel ?? one.textContent.trim()}`;
}

function remember(isForm) {
  const dialog = document.activeElement?.closest("dialog");
  const hand = (dialog && document.querySelector(`[data-opens="${dialog.id}"]`)) ?? document.activeElement;
  if (!byKeys || !hand?.closest("main, dialog, .notices")) return;
  sessionStorage.setItem("hand", JSON.stringify({ path: location.pathname, name: nameOf(hand), isForm }));
}

function beginWhereTheHandWas() {
  const kept = sessionStorage.getItem("hand");
  sessionStorage.removeItem("hand");
  const content = document.querySelector("main");
  if (!content || location.hash || document.activeElement !== document.body) return;
  if ([...document.querySelectorAll("[autofocus]")].some((one) => one.checkVisibility())) return;
  const all = [...content.querySelectorAll("a, button, input, select, textarea, summary")].filter((one) => !one.disabled && one.checkVisibility());
  if (document.body.classList.contains("bare")) all.find((one) => one.matches("input:not([readonly], [type=checkbox])"))?.focus();
  if (!kept) return;
  const { path, name, isForm } = JSON.parse(kept);
  if (path !== location.pathname) {
    if (isForm) content.focus({ preventScroll: true });
    return;
  }
  const next = content.querySelector("[aria-invalid=true]") ?? all.find((one) => nameOf(one) === name) ?? all.find((one) => one.matches(".button.primary"));
  (next ?? content).focus({ preventScroll: !next });
}
document.addEventListener("click", (event) => {
  if (event.target.closest("a[href]:not([hx-get])")) remember(false);
});

// -- a form is sent once; a choice with data-sends sends its form --------------------------------

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.hasAttribute("hx-post") && !form.hasAttribute("hx-get")) remember(true);
  if (form.hasAttribute("hx-post") || form.hasAttribute("hx-get") || form.method !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  for (const button of form.querySelectorAll("button:not([type=button])")) button.ariaDisabled = "true";
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("[aria-disabled=true]")) button.ariaDisabled = null;
  }
});
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-sends]")) event.target.form.requestSubmit();
});

// -- notices go by themselves, unless they want an answer ----------------------------------------

function letGo(root) {
  const fresh = [...root.querySelectorAll(".toast:not([data-seen])")];
  // What is newer has overtaken what could be undone before.
  if (fresh.length) for (const old of document.querySelectorAll(".toast[data-undoes][data-seen]")) old.remove();
  for (const toast of fresh) {
    toast.dataset.seen = "yes";
    if ("stays" in toast.dataset) continue;
    const ms = "undoes" in toast.dataset ? UNDO_MS : TOAST_MS;
    const leave = () => setTimeout(() => (toast.matches(":hover, :focus-within") ? leave() : toast.remove()), ms);
    leave();
  }
}

// -- the guest search: "/" goes there, arrows walk through what was found ------------------------

document.addEventListener("keydown", (event) => {
  const search = document.getElementById("search");
  if (!search) return;
  const isWriting = event.target.matches("input, select, textarea, [contenteditable]");
  if (event.key === "/" && !isWriting && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    search.focus();
  }
  const box = event.target.closest(".search");
  if (!box) {
    if (event.key === "Escape") for (const menu of document.querySelectorAll("details.menu[open]")) menu.open = false;
    return;
  }
  const links = [...box.querySelectorAll(".found a")];
  const place = links.indexOf(document.activeElement);
  if (event.key === "ArrowDown" && links.length) {
    event.preventDefault();
    links[Math.min(place + 1, links.length - 1)].focus();
  } else if (event.key === "ArrowUp" && place >= 0) {
    event.preventDefault();
    (links[place - 1] ?? search).focus();
  } else if (event.key === "Escape") {
    document.getElementById("found").replaceChildren();
    search.focus();
  } else if (event.key === "Enter" && event.target === search && links.length === 1) {
    event.preventDefault();
    links[0].click();
  }
});
document.addEventListener("focusout", (event) => {
  const box = event.target.closest(".search");
  if (box && event.relatedTarget && !box.contains(event.relatedTarget)) document.getElementById("found").replaceChildren();
});

// -- once, and again for whatever htmx brings ----------------------------------------------------

function showWhereWeAre() {
  for (const here of document.querySelectorAll(":is(.nav, .tabs, .periods) [aria-current]")) {
    const row = here.closest(".tabs") ?? here.closest("ul");
    const ahead = here.getBoundingClientRect().left - row.getBoundingClientRect().left;
    row.scrollLeft += ahead - (row.clientWidth - here.clientWidth) / 2;
  }
}

function begin(root) {
  openWhatIsAsked(root);
  letGo(root);
}
begin(document);
beginWhereTheHandWas();
showWhereWeAre();
document.addEventListener("htmx:load", (event) => begin(event.detail.elt.parentElement ?? document));
document.addEventListener("htmx:sendError", () => {
  const notices = document.getElementById("notices");
  const text = document.body.dataset.offline;
  if (!notices || !text) return;
  const toast = Object.assign(document.createElement("div"), { className: "toast error" });
  toast.append(Object.assign(document.createElement("p"), { textContent: text }));
  notices.append(toast);
  letGo(notices);
});
