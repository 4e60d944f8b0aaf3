// Saves what is typed when the hand rests, and exchanges the pictures of pages that have changed. Without it the
// buttons do the same. Nothing that a person writes in is ever replaced: the caret and the scroll stay.
(() => {
  const edit = document.querySelector(".edit");
  if (!edit) return;
  const form = document.getElementById("form");
  const status = document.getElementById("status");
  const sheets = document.getElementById("sheets");
  const drawing = document.getElementById("drawing");
  const REST = 600; // milliseconds without a key after which a text is saved
  const OURS = new Set(["etag", "brand", "format", "preview"]);
  const window_ = crypto.randomUUID();
  const said = new Map();
  let timer = 0;
  let saving = Promise.resolve();
  let newest = 0;

  const fields = () => [...form.elements].filter((field) => field.name && field.type !== "submit" && !OURS.has(field.name));
  for (const field of fields()) said.set(field.name, field.value);

  function say(words, lost = false) {
    status.textContent = words;
    status.classList.toggle("lost", lost);
  }

  function setTag(etag) {
    for (const field of document.querySelectorAll("#etag, .etag")) field.value = etag;
  }

  async function save() {
    clearTimeout(timer);
    const changed = fields().filter((field) => said.get(field.name) !== field.value);
    if (!changed.length) return true;
    const sent = changed.map((field) => [field.name, field.value]);
    say(edit.dataset.saving);
    let answer;
    try {
      answer = await fetch(edit.dataset.address, {
        method: "POST",
        headers: { Accept: "application/json", "If-Match": `"${document.getElementById("etag").value}"` },
        body: new URLSearchParams(sent),
      });
    } catch {
      say(edit.dataset.lost, true);
      return false;
    }
    if (!answer.ok) {
      form.requestSubmit(); // the whole page says what stands in the way, and shows both texts
      return false;
    }
    const told = await answer.json();
    for (const [name, value] of sent) said.set(name, value);
    setTag(told.etag);
    say(told.elsewhere ? edit.dataset.elsewhere : edit.dataset.saved);
    tell(told.problems);
    count(told.words);
    draw();
    return true;
  }

  function tell(problems) {
    for (const place of document.querySelectorAll(".problem")) {
      const name = place.id.slice("problem-".length);
      place.textContent = (problems[name] || []).join(" ");
      place.hidden = !problems[name];
      const field = document.getElementById(name);
      if (field && "value" in field) field.setAttribute("aria-invalid", String(Boolean(problems[name])));
    }
    list("problems", problems);
  }

  function called(name) {
    const place = document.getElementById(name);
    return document.querySelector(`label[for="${CSS.escape(name)}"]`) || place?.querySelector(".part-name, legend");
  }

  function list(place, told) {
    document.querySelector(`#${place} ul`).replaceChildren(
      ...Object.entries(told).map(([name, sentences]) => {
        const item = document.createElement("li");
        const label = name && called(name);
        if (label) {
          const link = document.createElement("a");
          link.href = `#${name}`;
          link.textContent = label.textContent;
          item.append(link, ": ");
        }
        item.append(sentences.join(" "));
        return item;
      }),
    );
    document.getElementById(place).hidden = !Object.keys(told).length;
  }

  function count(words) {
    const place = document.getElementById("word-count");
    if (!place) return;
    place.hidden = !words;
    place.textContent = words;
  }

  // After the page itself, one format after another; a newer page begins them anew.
  async function fit(number) {
    for (const place of document.querySelectorAll("#fits [data-source]")) {
      place.parentElement.classList.remove("unasked");
      const answer = await fetch(`${place.dataset.source}&window=${window_}-${encodeURIComponent(place.dataset.source)}`).catch(() => null);
      if (number !== newest) return;
      place.textContent = answer?.ok ? (await answer.json()).fit : place.closest("dl").dataset.unknown;
    }
  }

  async function remark() {
    const answer = await fetch(edit.dataset.remarks).catch(() => null);
    if (!answer?.ok) return;
    const { remarks } = await answer.json();
    for (const place of form.querySelectorAll(".note")) {
      const name = place.id.slice("remark-".length);
      place.textContent = (remarks[name] || []).join(" ");
      place.hidden = !remarks[name];
    }
    list("remarks", remarks);
  }

  async function draw() {
    if (!sheets.dataset.source) return;
    const number = ++newest;
    drawing.textContent = edit.dataset.drawing;
    const answer = await fetch(`${sheets.dataset.source}&window=${window_}`).catch(() => null);
    if (number !== newest) return;
    if (!answer?.ok) {
      drawing.textContent = edit.dataset.undrawn;
      return;
    }
    const told = await answer.json();
    drawing.textContent = "";
    const reasons = document.getElementById("reasons");
    reasons.hidden = !told.reasons.length;
    const wrong = [...document.querySelectorAll("#problems li")].map((item) => item.cloneNode(true));
    reasons.querySelector("p").textContent = wrong.length ? edit.dataset.wrong : edit.dataset.undrawn;
    reasons.querySelector("ul").replaceChildren(
      ...(wrong.length ? wrong : told.reasons.map((reason) => Object.assign(document.createElement("li"), { textContent: reason }))),
    );
    sheets.classList.toggle("stale", Boolean(told.reasons.length));
    if (told.pages.length) show(sheets, told.pages); // with reasons, the last that were right
    if (told.reasons.length) return;
    const before = document.getElementById("before");
    if (before) {
      before.hidden = !told.before.length;
      show(before.querySelector(".sheets"), told.before);
    }
    for (const picture of document.querySelectorAll("#beside [data-source]")) {
      picture.src = `${picture.dataset.source}&of=${document.getElementById("etag").value}`;
    }
    remark().then(() => { if (number === newest) fit(number); });
  }

  function show(place, pages) {
    while (place.children.length > pages.length) place.lastElementChild.remove();
    pages.forEach((page, at) => {
      const picture = place.children[at] || place.appendChild(new Image());
      if (picture.getAttribute("src") !== page.address) picture.src = page.address;
      Object.assign(picture, { width: page.width, height: page.height, alt: page.alt });
    });
  }

  for (const picker of document.querySelectorAll(".picker")) {
    const field = document.getElementById(picker.dataset.for);
    picker.hidden = false;
    picker.addEventListener("input", () => {
      field.value = picker.value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }

  function open() {
    let place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const shown = place;
    for (; place; place = place.parentElement) if (place.tagName === "DETAILS") place.open = true;
    const inner = form.contains(shown) && !("value" in shown) ? shown.querySelector("input, textarea, select") : null;
    const field = inner || shown;
    field?.scrollIntoView({ block: "center" });
    if (form.contains(field) && "value" in field) field.focus({ preventScroll: true });
  }
  addEventListener("hashchange", open);
  if (location.hash) addEventListener("load", () => setTimeout(open)); // after the browser has gone there itself

  const later = () => { saving = saving.then(save, save); };  // what failed once is tried again
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(later, REST);
  });
  form.addEventListener("change", later);

  // What was typed is saved before a button does more: two saves of one hand would look like those of two people.
  let pressed = null;
  for (const sent of edit.querySelectorAll("form[method=post]")) {
    sent.addEventListener("submit", async (event) => {
      const button = event.submitter;
      if (!button || button === pressed) return;
      event.preventDefault();
      later();
      if (!(await saving) || (sent === form && !button.name)) return;
      pressed = button;
      setTimeout(() => sent.requestSubmit(button)); // a form that is being submitted takes no other submission
    });
  }
  for (const choice of document.querySelectorAll(".which select")) {
    choice.addEventListener("change", async () => {
      later();
      await saving;
      choice.form.requestSubmit();
    });
  }
  document.querySelector(".which [name=draw]").hidden = true;
  for (const link of document.querySelectorAll(".unscripted")) link.hidden = true;
  if (!sheets.children.length) draw();
  else fit(newest);
})();

// Work that takes long: says how far it is, and shows what came of it.
(() => {
  const working = document.querySelector(".working");
  if (!working) return;
  async function ask() {
    const answer = await fetch("/work").catch(() => null);
    const told = answer?.ok ? (await answer.json()).work : working.textContent;
    if (!told) location.reload();
    else {
      if (working.textContent !== told) working.textContent = told;
      setTimeout(ask, 1000);
    }
  }
  setTimeout(ask, 1000);
})();
