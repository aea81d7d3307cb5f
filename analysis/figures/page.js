/* The language of the page, its tables, its reports. Nothing here fetches anything. */
const page = document.documentElement;

function speak(lang) {
  page.lang = lang;
  page.dir = lang === "ar" ? "rtl" : "ltr";
  for (const said of document.querySelectorAll("body [data-en]")) said.textContent = said.dataset[lang];
  for (const button of document.querySelectorAll("#language button"))
    button.setAttribute("aria-pressed", String(button.value === lang));
  document.title = page.dataset[lang];
}

for (const button of document.querySelectorAll("#language button"))
  button.addEventListener("click", () => {
    speak(button.value);
    try {
      history.replaceState(null, "", "?lang=" + button.value + location.hash);
    } catch {
      /* a page opened from some mail programs has no address to change */
    }
  });

/* Letters that one word is written with in several ways count as one. */
const plain = (text) =>
  text
    .toLowerCase()
    .replace(/[\u064b-\u0652\u0640]/g, "")
    .replace(/[\u0622\u0623\u0625]/g, "\u0627")
    .replace(/\u0649/g, "\u064a")
    .replace(/\u0629/g, "\u0647");

for (const form of document.querySelectorAll("form.filter")) {
  const items = [...document.querySelectorAll(form.dataset.of)];
  const texts = items.map((item) => plain(item.textContent));
  const shown = form.querySelectorAll("output b");
  const filter = () => {
    const words = plain(form.elements.words.value).split(/\s+/).filter(Boolean);
    const kind = form.elements.kind ? form.elements.kind.value : "";
    let count = 0;
    items.forEach((item, n) => {
      item.hidden =
        (kind && !item.dataset.kinds.split(" ").includes(kind)) || !words.every((word) => texts[n].includes(word));
      count += !item.hidden;
    });
    for (const place of shown) place.textContent = count;
  };
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  filter();
}

for (const button of document.querySelectorAll("button[data-open]"))
  button.addEventListener("click", () => {
    for (const report of document.querySelectorAll("details.report")) report.open = button.dataset.open === "yes";
  });

function unfold() {
  const place = location.hash && document.getElementById(location.hash.slice(1));
  if (!place) return;
  const report = place.closest("details");
  if (report) {
    report.open = true;
    report.hidden = false;
  }
  place.scrollIntoView();
}
window.addEventListener("hashchange", unfold);
window.addEventListener("beforeprint", () => {
  for (const part of document.querySelectorAll("details")) part.open = true;
});

rasdSorting(document);
const asked = new URLSearchParams(location.search).get("lang");
speak(["en", "ar"].includes(asked) ? asked : page.lang);
page.classList.add("scripted");
unfold();
