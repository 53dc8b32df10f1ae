"use strict";
(() => {
  const root = document.documentElement;
  const cards = [...document.querySelectorAll(".card")];
  const marks = [...document.querySelectorAll("mark")];
  const byId = new Map(cards.map((card) => [card.id, { card, marks: [] }]));
  for (const mark of marks) for (const id of mark.dataset.f.split(" ")) byId.get(id)?.marks.push(mark);
  const shown = () => cards.filter((card) => !card.hidden);
  const count = document.getElementById("count");
  let now = null;

  function filter() {
    const rule = document.getElementById("rule").value;
    const on = new Set([...document.querySelectorAll("[name=severity]:checked")].map((box) => box.value));
    for (const card of cards) {
      card.hidden = !on.has(card.dataset.severity) || (rule !== "" && card.dataset.rule !== rule);
    }
    for (const mark of marks) {
      mark.classList.toggle("off", mark.dataset.f.split(" ").every((id) => byId.get(id)?.card.hidden));
    }
    count.textContent = `${shown().length} / ${cards.length}`;
  }

  function choose(id, from) {
    const found = byId.get(id);
    if (!found) return;
    document.querySelectorAll(".now").forEach((old) => old.classList.remove("now"));
    now = found.card;
    now.classList.add("now");
    for (const mark of found.marks) mark.classList.add("now");
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const behavior = calm ? "auto" : "smooth";
    if (from === "mark") {
      const list = now.parentElement;
      list.scrollTo({ top: now.offsetTop - list.offsetTop - 8, behavior });
      now.querySelector("button").focus({ preventScroll: true });
    } else {
      now.querySelector("button").focus({ preventScroll: true });
      const list = now.parentElement;
      if (getComputedStyle(list).position === "sticky") {
        const box = list.getBoundingClientRect(), at = now.getBoundingClientRect();
        if (at.top < box.top || at.bottom > box.bottom) list.scrollTop += at.top - box.top - 8;
      }
      found.marks[0]?.scrollIntoView({ block: "center", behavior });
    }
  }

  function step(by) {
    const all = shown();
    if (all.length === 0) return;
    const at = now ? all.indexOf(now) : -1;
    const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1);
    choose(all[next].id, "card");
  }

  for (const card of cards) {
    card.addEventListener("click", () => {
      if (String(getSelection()) === "") choose(card.id, "card");
    });
  }
  for (const mark of marks) {
    mark.addEventListener("click", () => {
      const open = mark.dataset.f.split(" ").filter((id) => !byId.get(id)?.card.hidden);
      // Where several findings meet, each click goes on to the next.
      const at = now ? open.indexOf(now.id) : -1;
      if (open.length > 0) choose(open[(at + 1) % open.length], "mark");
    });
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(SELECT|INPUT)$/.test(event.target.tagName)) return;
    const inList = event.target.closest?.(".findings");
    if (event.key === "j" || (inList && event.key === "ArrowDown")) step(1);
    else if (event.key === "k" || (inList && event.key === "ArrowUp")) step(-1);
    else return;
    event.preventDefault();
  });
  document.getElementById("filter").addEventListener("change", filter);
  document.getElementById("filter").addEventListener("submit", (event) => event.preventDefault());
  const lang = document.getElementById("lang");
  function speak(name) {
    root.dataset.lang = name;
    root.lang = name === "zh" ? "zh-CN" : "en";
    document.title = root.dataset[name === "zh" ? "titleZh" : "titleEn"];
    for (const one of document.querySelectorAll("[data-zh]")) one.textContent = one.dataset[name];
  }
  lang.addEventListener("click", () => speak(root.dataset.lang === "zh" ? "en" : "zh"));
  speak(root.dataset.lang);
  filter();
})();
