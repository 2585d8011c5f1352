// How much of a file is sent: the bar in a form that sends one.

document.addEventListener("htmx:xhr:progress", (event) => {
  const bar = event.target.querySelector("progress[data-upload]");
  if (!bar || !event.detail.lengthComputable) return;
  bar.max = event.detail.total;
  bar.value = event.detail.loaded;
});
