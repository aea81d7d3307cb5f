// The review form. It shows `card` and sends what a person does; text of reports is only ever set as text.

const FIELD_NAMES = {
  kind: "Kind", status: "Status", background: "Background", date: "When", date_basis: "Date is", actors: "Who did it",
  targets: "To whom", place: "Where", place_spans: "Words of the place", weapon: "Weapon", killed: "Killed",
  wounded: "Wounded", said_by: "Said by", summary: "Only sums up",
};
const KEYS = { n: "next", p: "previous", x: "remove", u: "undo", m: "remember", o: "together", t: "apart" };

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}

function render({ model, el }) {
  const root = make("div", { class: "rasd-review", tabindex: "0", "data-lm-suppress-shortcuts": "true" });
  el.append(root);
  const finders = {};
  let reasonNow = "";
  let marked = null; // the words of the report last marked, [start, end) in code points

  const send = (message) => model.send({ reason: reasonNow, ...message });
  const change = (field, now) => send({ do: "change", field, now });

  function draw() {
    const card = model.get("card");
    const focused = root.contains(document.activeElement) ? document.activeElement.dataset.control : null;
    const hadFocus = root.contains(document.activeElement);
    const scroll = root.querySelector(".rasd-text")?.scrollTop ?? 0;
    const sameReport = root.dataset.report === (card.report?.id ?? "");
    reasonNow = card.reason ?? "";
    marked = null;
    root.dataset.report = card.report?.id ?? "";
    root.replaceChildren(head(card), card.report ? body(card) : nothing(card), foot(card));
    if (sameReport) root.querySelector(".rasd-text")?.scrollTo(0, scroll);
    else root.querySelector(".rasd-text .trigger")?.scrollIntoView({ block: "nearest" });
    const control = focused && [...root.querySelectorAll("[data-control]")].find((c) => c.dataset.control === focused);
    if (control) control.focus({ preventScroll: true });
    else if (hadFocus) root.focus({ preventScroll: true });
  }

  function button(action, label, key, extra = {}) {
    const attributes = { type: "button", "data-control": action, title: `key ${key}`, onclick: () => send({ do: action }), ...extra };
    return make("button", attributes, label, make("kbd", {}, key));
  }

  function head(card) {
    const filter = card.filter;
    const below = make("input", {
      type: "number", min: "0", max: "1", step: "0.05", value: filter.below, "data-control": "below",
      onchange: (event) => send({ do: "filter", below: event.target.value === "" ? 1 : Number(event.target.value) }),
    });
    const kind = select("filter-kind", [["", "all kinds"], ...kinds()], filter.kind, (now) => send({ do: "filter", kind: now }));
    const order = make("input", {
      type: "checkbox", checked: filter.least_sure_first, "data-control": "order",
      onchange: (event) => send({ do: "filter", least_sure_first: event.target.checked }),
    });
    return make("header", {},
      button("previous", "Previous", "p"),
      make("b", { class: "rasd-position" }, `${card.position} / ${card.total}`),
      button("next", "Next", "n"),
      make("span", { class: "rasd-space" }),
      make("label", {}, "confidence up to", below),
      kind,
      make("label", {}, order, "least sure first"));
  }

  function nothing() {
    return make("p", { class: "rasd-nothing" }, "No incident passes the filter.");
  }

  function body(card) {
    return make("div", { class: "rasd-columns" }, text(card), form(card));
  }

  function text(card) {
    const article = make("article", { class: "rasd-text", dir: "rtl", lang: "ar" });
    const about = [card.report.id, card.report.source, card.report.published].filter(Boolean);
    article.append(make("p", { class: "rasd-about", dir: "ltr" }, ...about.map((part) => make("bdi", {}, part))));
    if (card.report.title) article.append(make("h4", { dir: "rtl" }, card.report.title));
    const story = make("p", { class: "rasd-story" });
    for (const piece of card.pieces) {
      const others = piece.marks.filter((mark) => mark.startsWith("other "));
      const names = piece.marks.filter((mark) => !mark.startsWith("other "));
      const attributes = { "data-start": piece.start, class: [...names, others.length ? "other" : ""].join(" ").trim() };
      if (others.length && !names.includes("trigger")) {
        const [start, end] = others[0].slice(6).split("-").map(Number);
        attributes.onclick = () => { if (getSelection().isCollapsed) send({ do: "choose", start, end }); };
        attributes.title = "another incident: click to see it";
      }
      story.append(piece.marks.length ? make("span", attributes, piece.text) : make("span", { "data-start": piece.start }, piece.text));
    }
    article.append(story);
    return article;
  }

  function form(card) {
    const incident = card.incident;
    const panel = make("form", { class: "rasd-form", onsubmit: (event) => event.preventDefault() });
    panel.append(make("p", { class: "rasd-words" }, make("bdi", { dir: "rtl" }, incident.words),
      incident.removed ? make("em", {}, "not an incident") : make("small", {}, `confidence ${incident.confidence.toFixed(2)}`)));
    if (!incident.removed) panel.append(...fields(card));
    panel.append(actions(card));
    return panel;
  }

  function fields(card) {
    const lists = model.get("lists");
    const now = card.incident.fields;
    const plain = (name, values) => row(name, select(name, [["", "–"], ...values.map((v) => [v, v.replaceAll("_", " ")])], now[name], (v) => change(name, v)), card);
    return [
      row("kind", select("kind", kinds(), now.kind, (v) => change("kind", v)), card),
      row("status", select("status", lists.status.map((v) => [v, v]), now.status, (v) => change("status", v)), card),
      row("background", check("background", now.background, "history of the story"), card),
      row("date", days(now.date), card),
      plain("date_basis", lists.date_basis),
      row("actors", parties("actors", card), card),
      row("targets", parties("targets", card), card),
      row("place", place(card), card),
      plain("weapon", lists.weapon),
      row("killed", count("killed", now.killed), card),
      row("wounded", count("wounded", now.wounded), card),
      plain("said_by", lists.said_by),
    ];
  }

  function row(name, control, card) {
    const corrected = card.incident.corrected.includes(name);
    return make("div", { class: `rasd-field${corrected ? " corrected" : ""}`, "data-field": name },
      make("span", { class: "rasd-label" }, FIELD_NAMES[name]), control);
  }

  function kinds() {
    return model.get("lists").kinds.map((kind) => [kind.id, `${kind.en} · ${kind.ar}`, kind.family]);
  }

  function select(name, options, value, onpick) {
    const box = make("select", { "data-control": name, "aria-label": FIELD_NAMES[name] ?? name, onchange: (event) => onpick(event.target.value) });
    let group = null;
    for (const [id, label, family] of options) {
      if (family && group?.label !== family) {
        group = make("optgroup", { label: family });
        box.append(group);
      }
      (family ? group : box).append(make("option", { value: id, selected: id === value }, label));
    }
    return box;
  }

  function check(name, value, label) {
    const box = make("input", { type: "checkbox", checked: value === "true", "data-control": name, onchange: (event) => change(name, String(event.target.checked)) });
    return make("label", {}, box, label);
  }

  function days(value) {
    const [first, last = first] = value.split("/");
    const from = make("input", { type: "date", value: first, "data-control": "date-from", "aria-label": "first day" });
    const to = make("input", { type: "date", value: last, "data-control": "date-to", "aria-label": "last day" });
    const report = (event) => {
      let [a, b] = [from.value, to.value];
      if (event.target === from && (!b || b < a || first === last)) b = a;
      if (event.target === to && (!a || a > b)) a = b;
      if (a && b) change("date", a === b ? a : `${a}/${b}`);
    };
    from.addEventListener("change", report);
    to.addEventListener("change", report);
    const unknown = make("button", { type: "button", "data-control": "date-none", title: "the text does not say", onclick: () => change("date", "") }, "not said");
    return make("span", { class: "rasd-days" }, from, "–", to, unknown);
  }

  function parties(name, card) {
    const value = card.incident.fields[name];
    const ids = value ? value.split(";") : [];
    const box = make("span", { class: "rasd-parties" });
    for (const id of ids) {
      const [ar, en] = card.incident.names[id] ?? [id, ""];
      box.append(chip(id, ar, en, () => change(name, ids.filter((other) => other !== id).join(";"))));
    }
    box.append(...finder(`${name}-add`, "actors", "add: type a name", (id) => { if (!ids.includes(id)) change(name, [...ids, id].join(";")); }));
    return box;
  }

  function place(card) {
    const id = card.incident.fields.place;
    const box = make("span", { class: "rasd-place" });
    if (id) box.append(chip(id, ...(card.incident.names[id] ?? [id, ""]), () => change("place", "")));
    box.append(...finder("place-find", "places", "find a place", (found) => change("place", found)));
    box.append(make("button", { type: "button", title: "mark the words of the place in the report, then press", onclick: () => {
      const span = selected();
      if (span) change("place_spans", `${span[0]}-${span[1]}`);
    } }, "these words"));
    return box;
  }

  function chip(id, ar, en, ondrop) {
    const drop = make("button", { type: "button", title: "not this one", "aria-label": `remove ${id}`, onclick: ondrop }, "×");
    return make("span", { class: "rasd-chip", title: id }, make("bdi", {}, ar), make("small", {}, en), drop);
  }

  // A field that asks the kernel for things by name; Enter takes the first, or the one whose id was typed.
  function finder(name, what, placeholder, onpick) {
    const field = make("input", { placeholder, "data-control": name, "aria-label": placeholder, dir: "auto", autocomplete: "off" });
    const list = make("ul", { class: "rasd-found" });
    let found = [];
    let waiting;
    let entered = false;
    const ask = () => model.send({ do: "find", what, query: field.value, to: name });
    const pick = () => {
      const chosen = found.find((thing) => thing.id === field.value.trim()) ?? found[0];
      if (chosen) onpick(chosen.id);
      else field.setCustomValidity("nothing of that name"), field.reportValidity();
    };
    field.addEventListener("input", () => {
      field.setCustomValidity("");
      found = [];
      clearTimeout(waiting);
      waiting = setTimeout(ask, 150);
    });
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !field.value.trim()) return;
      clearTimeout(waiting);
      entered = true;
      ask();
    });
    finders[name] = (message) => {
      if (message.query !== field.value) return;
      found = message.found;
      if (entered) {
        entered = false;
        pick();
        return;
      }
      list.replaceChildren(...found.map((thing) => make("li", {},
        make("button", { type: "button", onclick: () => onpick(thing.id) }, make("bdi", {}, thing.ar), ` ${thing.en} `, make("small", {}, thing.more)))));
    };
    return [field, list];
  }

  function count(name, value) {
    return make("input", { class: "rasd-count", value, placeholder: "5, 5-7, 5-", "data-control": name, "aria-label": FIELD_NAMES[name], onchange: (event) => change(name, event.target.value.trim()) });
  }

  function actions(card) {
    const reason = make("input", { class: "rasd-reason", value: card.reason, placeholder: "why (stands in the file)", "data-control": "reason", dir: "auto", oninput: (event) => { reasonNow = event.target.value; } });
    const kind = select("add-kind", kinds(), "", () => {});
    const add = make("button", { type: "button", title: "mark the words that tell of it in the report, then press", onclick: () => {
      const span = selected();
      if (span) send({ do: "add", start: span[0], end: span[1], kind: kind.value });
    } }, "Add incident");
    const pair = [button("remember", "Remember", "m")];
    if (card.remembered && card.remembered !== card.incident.anchor) pair.push(button("together", "One act with it", "o"), button("apart", "Two acts", "t"));
    return make("div", { class: "rasd-actions" },
      reason,
      make("div", {}, card.incident.removed ? "" : button("remove", "Not an incident", "x"), button("undo", "Take back", "u")),
      make("div", {}, ...pair),
      make("div", {}, add, kind, make("bdi", { class: "rasd-marked", dir: "auto" })));
  }

  function foot(card) {
    const lines = [make("span", { class: `rasd-message ${card.message.tone}`, role: "status" }, card.message.text)];
    for (const unfit of card.unfit ?? []) lines.push(make("span", { class: "rasd-message error" }, unfit));
    return make("footer", {}, ...lines, make("small", {}, `${card.coder} · ${card.file}`));
  }

  function selected() {
    if (!marked) root.querySelector(".rasd-message").textContent = "mark the words in the report first";
    return marked;
  }

  function onSelection() {
    const selection = getSelection();
    const story = root.querySelector(".rasd-story");
    if (!story?.contains(selection.anchorNode) || !story.contains(selection.focusNode)) return;
    const range = selection.getRangeAt(0);
    const at = [offset(range.startContainer, range.startOffset), offset(range.endContainer, range.endOffset)];
    marked = at[0] < at[1] ? at : null;
    root.querySelector(".rasd-marked").textContent = marked ? selection.toString() : "";
  }

  function offset(node, within) {
    const story = root.querySelector(".rasd-story");
    const range = document.createRange();
    range.setStart(story, 0);
    range.setEnd(node, within);
    return Array.from(range.cloneContents().textContent).length;
  }

  root.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
    const action = KEYS[event.key.toLowerCase()];
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    send({ do: action });
  });
  const onMessage = (message) => finders[message.to]?.(message);
  document.addEventListener("selectionchange", onSelection);
  model.on("change:card", draw);
  model.on("msg:custom", onMessage);
  draw();
  return () => {
    document.removeEventListener("selectionchange", onSelection);
    model.off("change:card", draw);
    model.off("msg:custom", onMessage);
  };
}

export default { render };
