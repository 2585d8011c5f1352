// The appointment book in the browser: an appointment is moved by dragging it or by keyboard, free
// times are walked through with the arrow keys. Without this, each has a page with the same form.

const QUARTER = 15;
const book = document.getElementById("book");

function columns() {
  return [...book.querySelectorAll(".book-column")];
}

// -- free times: one of them is reached with Tab, the arrows lead on -------------------------------

function offers(column) {
  return column ? [...column.querySelectorAll(".book-offer")] : [];
}

function begin() {
  const first = book.querySelector(".book-offer");
  if (first) first.tabIndex = 0;
  const wanted = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (book.classList.contains("is-choosing")) beginToChoose(first);
  else if (wanted?.classList.contains("booking")) wanted.focus();
  else {
    const from = book.querySelector(".book-now") ?? book.querySelector(".booking");
    if (from) book.scrollTop = from.offsetTop - 120;
  }
}

// The hand begins where the appointment is now, or at the day's first time.
function beginToChoose(first) {
  const card = book.querySelector(".booking.is-chosen");
  const near = offers(card?.closest(".book-column")).find((one) => one.offsetTop >= card.offsetTop) ?? first;
  if (!near) return;
  first.tabIndex = -1;
  near.tabIndex = 0;
  near.focus();
}

function walk(from, key) {
  const column = from.closest(".book-column");
  const own = offers(column);
  const place = own.indexOf(from);
  if (key === "ArrowUp") return own[place - 1];
  if (key === "ArrowDown") return own[place + 1];
  const all = columns();
  const step = key === "ArrowLeft" ? -1 : 1;
  for (let n = all.indexOf(column) + step; all[n]; n += step) {
    const others = offers(all[n]);
    if (others.length) return others[Math.min(place, others.length - 1)];
  }
  return undefined;
}

book?.addEventListener("keydown", (event) => {
  const offer = event.target.closest(".book-offer");
  if (!offer || !event.key.startsWith("Arrow")) return;
  event.preventDefault();
  const next = walk(offer, event.key);
  if (!next) return;
  offer.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
});

// -- moving: where an appointment would be is shown, and sent when it is put down -----------------

let moving = null;

function lift(card) {
  moving = {
    card,
    column: card.closest(".book-column"),
    row: Number(card.dataset.row),
    home: { parent: card.parentElement, before: card.nextSibling, row: Number(card.dataset.row) },
  };
  card.classList.add("is-moving");
}

function show(column, row) {
  const { card } = moving;
  const rows = Number(card.dataset.rows);
  const most = Math.max(1, Math.round(column.querySelector(".book-rows").clientHeight / height(column)) - rows + 1);
  const at = Math.min(Math.max(row, 1), most);
  card.classList.remove(`at-${moving.row}`);
  card.classList.add(`at-${at}`);
  if (card.parentElement.closest(".book-column") !== column) column.querySelector(".book-rows").append(card);
  Object.assign(moving, { column, row: at });
  const time = card.querySelector(".booking-time");
  time.firstChild.textContent = clock(at);
}

function height(column) {
  return parseFloat(getComputedStyle(column.querySelector(".book-rows")).gridAutoRows);
}

function clock(row) {
  const minute = Number(book.dataset.first) + (row - 1) * QUARTER;
  return `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
}

function putBack() {
  const { card, home, row } = moving;
  card.classList.remove("is-moving", `at-${row}`);
  card.classList.add(`at-${home.row}`);
  home.parent.insertBefore(card, home.before);
  moving = null;
}

function putDown() {
  const { card, column, row, home } = moving;
  card.classList.remove("is-moving");
  const stays = row === home.row && column === home.parent.closest(".book-column");
  moving = null;
  if (stays) return;
  const form = document.getElementById("book-move");
  form.elements.ref.value = card.dataset.ref;
  form.elements.version.value = card.dataset.version;
  form.elements.day.value = column.dataset.day;
  form.elements.time.value = clock(row);
  form.elements.staff.value = column.dataset.staff;
  form.requestSubmit();
}

function tell(sentence) {
  const notices = document.getElementById("notices");
  const told = Object.assign(document.createElement("p"), { className: "visually-hidden", textContent: sentence });
  notices.append(told);
  setTimeout(() => told.remove(), 5000);
}

book?.addEventListener("keydown", (event) => {
  const card = event.target.closest(".booking[data-moves]");
  if (!card || book.dataset.mayMove === undefined) return;
  if (!moving) {
    if (event.key.toLowerCase() !== "m" || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    lift(card);
    tell(book.dataset.moving);
    return;
  }
  const all = columns();
  const place = all.indexOf(moving.column);
  const steps = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
  if (event.key in steps) {
    const [across, down] = steps[event.key];
    show(all[place + across] ?? moving.column, moving.row + down);
    card.focus();
    tell(`${moving.column.querySelector(".book-title").firstChild.textContent} ${clock(moving.row)}`);
  } else if (event.key === "Enter") putDown();
  else if (event.key === "Escape") {
    putBack();
    card.focus();
    event.stopPropagation();
  } else if (event.key === "Tab") return putBack();
  else return;
  event.preventDefault();
});

let dragged = null;
const LIFT_MS = 350;
const SLACK_PX = 6;
const EDGE_PX = 56;

book?.addEventListener("pointerdown", (event) => {
  const card = event.target.closest(".booking[data-moves]");
  if (!card || event.button !== 0 || !event.isPrimary || book.dataset.mayMove === undefined) return;
  if (moving) putBack();
  const { clientX: x, clientY: y } = event;
  dragged = { card, x, y, offset: y - card.getBoundingClientRect().top, isTouch: event.pointerType === "touch" };
  // A finger that moves at once scrolls the book; one that stays lifts what is under it.
  if (dragged.isTouch) dragged.waits = setTimeout(() => lift(card), LIFT_MS);
});
// The browser would drag the link or the text in it, ask what to do with the link, or scroll.
book?.addEventListener("dragstart", (event) => event.preventDefault());
book?.addEventListener("contextmenu", (event) => {
  if (dragged?.isTouch) event.preventDefault();
});
book?.addEventListener("touchmove", (event) => {
  if (dragged && moving) event.preventDefault();
}, { passive: false });

document.addEventListener("pointermove", (event) => {
  if (!dragged || !event.isPrimary) return;
  event.preventDefault();
  const { clientX, clientY } = event;
  const isFar = Math.hypot(clientX - dragged.x, clientY - dragged.y) >= SLACK_PX;
  if (!moving) {
    if (!isFar) return;
    if (dragged.isTouch) return letGo();
    lift(dragged.card);
  }
  if (!isFar && !dragged.isUnderWay) return;
  Object.assign(dragged, { x: clientX, y: clientY, isUnderWay: true });
  follow();
  dragged.scrolls ??= requestAnimationFrame(scrollAtEdge);
});

// The card is where the hand is.
function follow() {
  const column = columns().find((one) => {
    const box = one.getBoundingClientRect();
    return dragged.x >= box.left && dragged.x < box.right;
  });
  if (!column) return;
  const top = column.querySelector(".book-rows").getBoundingClientRect().top;
  show(column, Math.round((dragged.y - dragged.offset - top) / height(column)) + 1);
}

// At its edges the book goes on by itself, as long as the hand stays there.
function scrollAtEdge() {
  if (!dragged || !moving) return;
  const box = book.getBoundingClientRect();
  const step = (at, from, to) => (at < from + EDGE_PX ? -8 : at > to - EDGE_PX ? 8 : 0);
  const across = step(dragged.x, box.left, box.right);
  const down = step(dragged.y, Math.max(box.top, 0), Math.min(box.bottom, innerHeight));
  if (across || down) {
    book.scrollBy(across, down);
    follow();
  }
  dragged.scrolls = requestAnimationFrame(scrollAtEdge);
}

function letGo() {
  clearTimeout(dragged.waits);
  dragged = null;
}

document.addEventListener("pointerup", (event) => {
  if (!dragged || !event.isPrimary) return;
  const { card, isTouch, isUnderWay } = dragged;
  letGo();
  if (!moving) return;
  // The click that follows would open the appointment.
  const stop = (click) => click.preventDefault();
  card.addEventListener("click", stop, { once: true });
  setTimeout(() => card.removeEventListener("click", stop), LIFT_MS);
  if (isUnderWay || !isTouch) return putDown();
  putBack();
  const here = new URL(location.href);
  here.searchParams.set("moving", card.dataset.ref);
  here.hash = "";
  location.assign(here);
});
document.addEventListener("pointercancel", () => {
  if (!dragged) return;
  letGo();
  if (moving) putBack();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  if (!dragged && !moving && book?.contains(event.target)) document.getElementById("leave-it")?.click();
  if (!dragged || !moving) return;
  letGo();
  putBack();
});

if (book) begin();
