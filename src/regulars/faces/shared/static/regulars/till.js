// The invoice at the desk: a slider beside its number, steps of a quantity, where the focus goes.

// -- the slider and the exact number follow each other ------------------------------------------

document.addEventListener("input", (event) => {
  const other = document.getElementById(event.target.dataset?.follows ?? "");
  if (other) other.value = event.target.value;
});

// -- one more, one less ---------------------------------------------------------------------------

document.addEventListener("click", (event) => {
  const step = event.target.closest("[data-steps]");
  if (step) {
    const field = step.form.elements.quantity;
    const value = Math.max(Number(field.min), Number(field.value) + Number(step.dataset.steps));
    if (String(value) === field.value) return;
    field.value = value;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
  if (event.target.closest("[data-prints]")) window.print();
});
document.addEventListener("focusin", (event) => {
  if (event.target.matches("[data-selects]")) event.target.select();
});

// -- Enter takes the first that was found, arrows walk through them --------------------------------

document.addEventListener("keydown", (event) => {
  const field = event.target.closest("#find-item, #first-item");
  const list = field ? document.getElementById(field.getAttribute("hx-target").slice(1)) : event.target.closest(".items");
  if (!list) return;
  const found = [...list.querySelectorAll("button")];
  const place = found.indexOf(document.activeElement);
  if (field && event.key === "Enter") {
    event.preventDefault();
    if (found.length) found[0].click();
  } else if (event.key === "ArrowDown" && found.length) {
    event.preventDefault();
    found[Math.min(place + 1, found.length - 1)].focus();
  } else if (event.key === "ArrowUp" && place >= 0) {
    event.preventDefault();
    (found[place - 1] ?? document.querySelector("#find-item, #first-item")).focus();
  } else if (event.key === "Escape" && !list.matches(".is-open")) {
    list.replaceChildren();
    document.getElementById("find-item")?.focus();
  }
});
document.addEventListener("click", (event) => {
  const list = document.getElementById("items");
  if (list && !event.target.closest(".add-line")) list.replaceChildren();
});

// -- an act puts a new invoice in place of the old: the focus stays where the hand was --------------

let hand = null;

document.addEventListener("htmx:beforeRequest", (event) => {
  const one = event.detail.elt;
  const dialog = one.closest("dialog");
  if (dialog) hand = document.querySelector(`[data-opens="${dialog.id}"]`)?.id ?? null;
  else if (one.closest("#items")) hand = "find-item";
  else if (one.closest("#invoice")) hand = document.activeElement?.id || one.id || null;
});
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.target.id !== "invoice" || !hand) return;
  const told = document.getElementById("told");
  if (!told && document.activeElement && document.activeElement !== document.body) return;
  const next = [told, document.getElementById(hand), ...["pay", "close", "book-again", "tab-orders"].map((id) => document.getElementById(id))];
  const place = next.find((one) => one && !one.disabled);
  if (place === told && told) told.tabIndex = -1;
  place?.focus({ preventScroll: place !== told });
  hand = null;
});
