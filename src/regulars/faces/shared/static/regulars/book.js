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
  if (wanted?.classList.contains("booking")) wanted.focus();
  else {
    const from = book.querySelector(".book-now") ?? book.querySelector(".booking");
    if (from) book.scrollTop = from.offsetTop - 120;
  }
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
  } else return;
  event.preventDefault();
});

let dragged = null;

book?.addEventListener("pointerdown", (event) => {
  const card = event.target.closest(".booking[data-moves]");
  if (!card || event.button !== 0 || event.pointerType === "touch" || book.dataset.mayMove === undefined) return;
  const box = card.getBoundingClientRect();
  dragged = { card, x: event.clientX, y: event.clientY, offset: event.clientY - box.top, id: event.pointerId };
});
// The browser would drag the link or the text in it.
book?.addEventListener("dragstart", (event) => event.preventDefault());
document.addEventListener("pointermove", (event) => {
  if (!dragged) return;
  event.preventDefault();
  if (!moving) {
    if (Math.hypot(event.clientX - dragged.x, event.clientY - dragged.y) < 6) return;
    lift(dragged.card);
  }
  const column = columns().find((one) => {
    const box = one.getBoundingClientRect();
    return event.clientX >= box.left && event.clientX < box.right;
  });
  if (!column) return;
  const top = column.querySelector(".book-rows").getBoundingClientRect().top;
  show(column, Math.round((event.clientY - dragged.offset - top) / height(column)) + 1);
});
document.addEventListener("pointerup", () => {
  if (dragged && moving) {
    const { card } = dragged;
    // The click that follows would open the appointment.
    card.addEventListener("click", (event) => event.preventDefault(), { once: true });
    putDown();
  }
  dragged = null;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !dragged || !moving) return;
  putBack();
  dragged = null;
});

if (book) begin();
