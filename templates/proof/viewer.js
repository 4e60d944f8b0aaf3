"use strict";
/* Enlarges a picture in a dialog: Escape closes it, the arrow keys turn to the pictures before and after. */
const viewer = document.getElementById("viewer");
const stage = document.getElementById("viewer-body");
let shown = null;
let opener = null;

function seen() {
  return [...document.querySelectorAll("main .picture")].filter((button) => !button.closest("[hidden]"));
}

function flawsOf(button) {
  const page = button.dataset.page;
  const flaws = [...(button.closest(".edition")?.querySelectorAll(".flaw") ?? [])];
  return flaws.filter((flaw) => flaw.dataset.page === page);
}

function fill(button, flaw) {
  shown = button;
  document.getElementById("viewer-title").textContent = button.dataset.title;
  const large = document.createElement("div");
  large.className = button.classList.contains("pair") ? "large pair" : "large";
  large.append(...[...button.childNodes].map((part) => part.cloneNode(true)));
  for (const picture of large.querySelectorAll("img")) {
    picture.loading = "eager";
    picture.alt = picture.alt.replace(/: enlarge$/, "");
  }
  const told = document.createElement("ol");
  told.className = "flaws";
  for (const found of flawsOf(button)) {
    const line = document.createElement("li");
    line.className = "flaw";
    line.append(...[...found.childNodes].map((part) => part.cloneNode(true)));
    told.append(line);
  }
  stage.replaceChildren(large, ...(told.children.length ? [told] : []));
  const mark = flaw && large.querySelector(`.mark[data-flaw="${flaw}"]`);
  mark?.classList.add("lit");
  if (mark) mark.scrollIntoView({ block: "center" });
  else stage.scrollTop = 0;
}

function enlarge(button, flaw, from) {
  opener = from ?? button;
  if (!viewer.open) viewer.showModal();
  fill(button, flaw);
}

function turn(by) {
  const all = seen();
  const next = all[all.indexOf(shown) + by];
  if (next) {
    opener = next;
    fill(next);
  }
}

document.addEventListener("click", (event) => {
  const pressed = event.target.closest("button");
  if (!pressed) return;
  if (pressed.matches(".picture")) enlarge(pressed);
  else if (pressed.matches(".flaw")) {
    const page = pressed.closest(".edition").querySelector(`.picture[data-page="${pressed.dataset.page}"]`);
    if (page) enlarge(page, pressed.dataset.flaw, pressed);
  } else if (pressed.dataset.turn) turn(Number(pressed.dataset.turn));
  else if ("close" in pressed.dataset) viewer.close();
});
viewer.addEventListener("click", (event) => {
  if (event.target === viewer) viewer.close();
});
viewer.addEventListener("keydown", (event) => {
  if (event.key === "ArrowRight") turn(1);
  else if (event.key === "ArrowLeft") turn(-1);
  else return;
  event.preventDefault();
});
viewer.addEventListener("close", () => {
  stage.replaceChildren();
  opener?.focus();
});
