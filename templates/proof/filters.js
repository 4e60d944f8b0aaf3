/* Shows only the editions that all chosen filters fit, and says how many they are. */
const filters = document.querySelector(".filters");
const editions = [...document.querySelectorAll(".edition")];
const said = filters.querySelector("output");

function sift() {
  const chosen = [...filters.querySelectorAll("select")].filter((select) => select.value);
  const wrong = filters.querySelector("[name=wrong]").checked;
  let left = 0;
  for (const edition of editions) {
    const fits = chosen.every((select) => edition.dataset[select.name] === select.value);
    edition.hidden = !fits || (wrong && !edition.classList.contains("wrong"));
    left += edition.hidden ? 0 : 1;
  }
  said.textContent = left === editions.length ? `${left} editions` : `${left} of ${editions.length} editions`;
  document.querySelector(".none").hidden = left > 0;
  for (const link of document.querySelectorAll(".jump a")) {
    link.closest("li").hidden = document.getElementById(link.hash.slice(1)).hidden;
  }
}

filters.addEventListener("change", sift);
filters.addEventListener("submit", (event) => event.preventDefault());
filters.addEventListener("reset", () => setTimeout(sift));
sift();
