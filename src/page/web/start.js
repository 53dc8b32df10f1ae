"use strict";
// The tabs and the first call.
(() => {
  const { byId, call, el, fill, speak, explainFailure } = W;
  const NAMES = ["check", "draft", "renew", "gather", "compare", "format"];

  const depths = {}; // how far down each view was when it was left

  function show(name, focus) {
    if (W.view) depths[W.view] = scrollY;
    for (const one of NAMES) {
      const tab = byId(`tab-${one}`), on = one === name;
      tab.setAttribute("aria-selected", String(on));
      tab.tabIndex = on ? 0 : -1;
      byId(one).hidden = !on;
      if (on && focus) tab.focus();
    }
    W.view = name;
    scrollTo(0, depths[name] || 0);
    if (W[name] && W[name].shown) W[name].shown();
  }

  function keys(event) {
    const at = NAMES.indexOf(event.target.id.replace("tab-", ""));
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: NAMES.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    show(NAMES[(to + NAMES.length) % NAMES.length], true);
  }

  /** What the program says of itself, again in each language. */
  async function greet() {
    W.hello = (await call("hello")).json;
    W.rules = new Map(W.hello.rules.map((rule) => [rule.id, rule]));
  }

  async function start() {
    speak(W.lang);
    try {
      await greet();
    } catch (error) {
      fill(byId("starting"), el("span", { class: "notice error", say: [error.zh || error.message, error.en || error.message] }));
      console.error(error);
      return;
    }
    byId("starting").remove();
    for (const name of NAMES) if (W[name]) W[name].start(byId(name), W.hello);
    for (const name of NAMES) byId(`tab-${name}`).addEventListener("click", () => show(name));
    document.querySelector("[role=tablist]").addEventListener("keydown", keys);
    if (!W.draft) byId("tab-draft").hidden = true;
    show("check");
    document.body.dataset.ready = "yes";
    W.onLang(() => greet().then(() => {
      for (const name of NAMES) if (W[name] && W[name].spoken) W[name].spoken();
    }).catch(explainFailure));
  }

  W.showTab = show;
  start();
})();
