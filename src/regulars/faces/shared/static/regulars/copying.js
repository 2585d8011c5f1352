// A secret that is shown once is copied with one press.

document.addEventListener("click", async (event) => {
  if (event.target.matches("[data-selects]")) event.target.select();
  const button = event.target.closest("[data-copies]");
  if (!button) return;
  const field = document.getElementById(button.dataset.copies);
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    if (!document.execCommand("copy")) return; // it stays marked, to be copied by hand
  }
  button.querySelector("span").textContent = button.dataset.copied;
});
