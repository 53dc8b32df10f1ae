// The view 起草: genre and topic, the form or a workbook, the draft beside it.
//
// What somebody has entered and chosen lies in `state`, and only there: a sitting is that object, and a
// step of undo is that object before and after. The draft is asked for a third of a second after the last
// key; an answer that a later question has overtaken is dropped. What is missing never keeps a draft back
// here: it stands in it as 【待补：…】.
"use strict";
(() => {
  const { el, say, button, fill, call } = W;
  const { isEmpty, tidy, told: named } = W.values;
  const WAIT = 300;

  const fresh = () => ({ template: "", topic: "", facts: {}, options: { length: 0, sections: null, seed: 0 }, invented: false, places: {} });
  const state = fresh();
  let last = JSON.stringify(state); // As the last step of undo left it.
  let form = null; // What the genre asks for, as the program gave it.
  let fields = null; // The form on the page.
  let preview = null;
  let plan = null;
  let hello = null;
  let answer = null;
  let showing = "draft"; // or "sample"
  let asked = 0;
  let timer = 0;
  let lacking = -1; // As it was last said to whoever listens.
  const samples = new Map();
  const at = {}; // The view's parts by name.

  // ---- The frame ----

  function start(host, greeting) {
    hello = greeting;
    at.root = host;
    build();
    W.sitting.part("draft", { holds, save: () => api.state(), open: (data) => api.restore(data) });
  }

  function build() {
    const part = (name, tag, props = {}, ...kids) => (at[name] = el(tag, props, ...kids));
    const tab = (name, zh, en) => button([zh, en], () => pane(name), { role: "tab", id: `d-tab-${name}`, "aria-controls": `d-${name}` });
    const root = el("div", { class: "d-view" },
      el("div", { class: "d-switch", role: "tablist", "aria-label": say("填表和稿子", "Form and draft"), on: { keydown: turn } },
        at.tabForm = tab("form", "填写", "Form"), at.tabPages = tab("pages", "看稿子", "Draft")),
      el("div", { class: "d-form", id: "d-form" },
        part("chooser", "section", { class: "panel", "aria-label": say("写什么", "What to write") }),
        part("source", "section", { class: "panel", "aria-label": say("事实从哪里来", "Where the facts come from") }),
        part("invented", "div", { role: "status" }),
        part("missing", "section", { class: "d-missing", "aria-label": say("还缺什么", "What is missing") }),
        part("form", "div", { class: "d-fields" })),
      el("div", { class: "d-side", id: "d-pages" },
        el("h2", { class: "seen" }, say("稿子", "The draft")),
        part("bar", "div", { class: "d-bar" }),
        part("plan", "section", { class: "d-planned", "aria-label": say("谋篇", "The plan") }),
        part("said", "div", { class: "d-said" }),
        part("paper", "div", { class: "d-paper d-empty" }),
        part("fonts", "p", { class: "d-fonts aside" })));
    fill(at.root, root);
    at.view = root;
    fields = new W.form.Form(at.form, changed, commit);
    fields.moved = (keys) => forget(keys.join("/") + "/");
    preview = new W.preview.Preview(at.paper, goto);
    plan = new W.plan.Panel(at.plan, visit, nameOf, Boolean(plan && plan.open));
    preview.placeOf = (piece) => place(piece) || "";
    preview.valueOf = (path) => value(path);
    preview.nameOf = nameOf;
    preview.flow = matchMedia("(max-width: 40rem)").matches;
    pane("form");
    choose();
    facts.source();
    W.drops(root, ({ files }) => facts.read([...files]));
    // The list of what is missing makes room for what is being filled in; its head stays.
    at.form.addEventListener("focusin", () => {
      const list = at.missing.querySelector("details");
      if (list) list.open = false;
    });
    if (!state.template) blank();
  }

  /** No genre is chosen. */
  function blank() {
    form = answer = null;
    asked++;
    clearTimeout(timer);
    preview.clear();
    plan.show(null);
    at.paper.classList.add("d-empty");
    for (const part of [at.form, at.missing, at.said, at.invented]) fill(part);
    at.tabPages.textContent = say("看稿子", "Draft");
    fill(at.bar, el("p", { class: "aside" }, say(
      "选一种文稿，填表，稿子就在这里，按公文的版式，随填随变。先看看样稿也行；有填好的表，拖进来也行。",
      "Choose a genre and fill in the form; the draft appears here as a page and follows what you type. Look at a sample first, or drop a filled-in workbook.")));
  }

  const turn = (event) => {
    if (!/^Arrow(Left|Right)$/.test(event.key)) return;
    pane(at.view.dataset.pane === "form" ? "pages" : "form");
    at.view.querySelector(".d-switch [aria-selected=true]").focus();
  };

  /** On narrow screens one of the two is in sight. */
  function pane(name) {
    at.view.dataset.pane = name;
    for (const [tab, mine] of [[at.tabForm, "form"], [at.tabPages, "pages"]]) {
      tab.setAttribute("aria-selected", String(mine === name));
      tab.tabIndex = mine === name ? 0 : -1;
    }
    if (preview) preview.fit();
  }

  // ---- Undo ----

  /** Puts what was changed since the last step on the stack of undo, as one step of these words. */
  function commit(pair) {
    const [before, after] = [last, JSON.stringify(state)];
    if (before === after) return;
    last = after;
    W.did({ say: pair, undo: () => become(before), redo: () => become(after) });
  }

  /** A change as one step; what was written before it is a step of its own. */
  async function step(pair, run) {
    commit(["填写", "Filled in"]);
    await run();
    W.sitting.touch();
    commit(pair);
  }

  /** Makes the view that of an earlier or later `state`. */
  async function become(kept) {
    const [{ template: was, topic }, held] = [state, document.activeElement && document.activeElement.id];
    Object.assign(state, JSON.parse(kept));
    last = kept;
    if (!form || was !== state.template || topic !== state.topic) {
      choose();
      facts.source();
      await load();
    } else show();
    if (document.activeElement === document.body && held && W.byId(held)) W.byId(held).focus({ preventScroll: true });
  }

  // ---- Genre and topic ----

  const template = () => hello.templates.find((t) => t.id === state.template);
  const topicOf = (id) => hello.topics.find((t) => t.id === id);

  function choose(open = !state.template) {
    const one = template();
    if (one && !open) {
      fill(at.chooser,
        el("div", { class: "row" }, el("h2", { class: "grow" }, one.title),
          button(["换文种", "Change"], () => { choose(true); at.chooser.querySelector("button").focus(); }, { class: "small" })),
        el("p", { class: "aside" }, one.about), topics());
      return;
    }
    const family = (f) => {
      const own = hello.templates.filter((t) => t.family === f.id);
      return el("div", { class: "d-family" }, el("h3", {}, f.title),
        el("div", { class: "choices" }, own.map((t) => el("div", { class: "d-genre" + (t.id === state.template ? " chosen" : "") },
          el("button", { type: "button", class: "choice", data: { template: t.id }, "aria-pressed": String(t.id === state.template),
            on: { click: () => take(t.id) } }, el("b", {}, t.title), el("span", { class: "aside" }, t.about)),
          button(["样稿", "Sample"], () => sample(t.id), { class: "small", "aria-label": say(`看样稿：${t.title}`, `See a sample: ${t.title}`) })))));
    };
    fill(at.chooser,
      el("div", { class: "row" }, el("h2", { class: "grow" }, say("写什么？选一种文稿", "What is it? Choose a genre")),
        one ? button(["不换了", "Keep it"], () => choose(false), { class: "small" }) : null),
      hello.families.map(family));
  }

  function topics() {
    const select = el("select", { id: "d-topic", on: { change: () => setTopic(select.value) } },
      el("option", { value: "" }, say("（不选）", "(none)")),
      hello.topics.map((t) => el("option", { value: t.id, selected: t.id === state.topic }, t.title)));
    const known = topicOf(state.topic);
    const also = known ? [...new Set((known.about || "").split("、"))].filter((name) => name && name !== known.title) : [];
    return el("div", { class: "d-topic" }, el("label", { for: "d-topic" }, say("主题", "Topic")), select,
      el("p", { class: "aside" }, known ? also.join("、") : say(
        "选了主题，就用这方面的说法，表里也按这方面举例。", "With a topic the draft speaks its language, and the form's examples are its own.")));
  }

  async function take(id) {
    const { title: called } = hello.templates.find((t) => t.id === id);
    await step([`文种：${called}`, `Genre: ${called}`], async () => {
      if (id !== state.template) state.options = { ...state.options, sections: null };
      state.template = id;
      choose(false);
      facts.source();
      await load();
    });
    const title = Object.assign(at.chooser.querySelector("h2"), { tabIndex: -1 });
    title.focus({ preventScroll: true });
    if (title.getBoundingClientRect().top < 0) at.chooser.scrollIntoView();
  }

  async function setTopic(id) {
    const { title } = topicOf(id) || { title: say("不选", "none") };
    await step([`主题：${title}`, `Topic: ${title}`], async () => {
      state.topic = id;
      await load();
    });
    choose(false);
    W.byId("d-topic").focus();
  }

  /** Asks what the genre wants, shows the form, drafts. */
  async function load() {
    if (!state.template) return blank();
    try {
      form = (await call("form", { template: state.template, topic: state.topic || undefined })).json;
    } catch (error) {
      return W.explainFailure(error);
    }
    topicFact();
    showing = empty() ? "sample" : "draft";
    show();
  }

  /** The topic is chosen above the form, and stands in the facts all the same. */
  function topicFact() {
    const known = topicOf(state.topic);
    if (known) state.facts["工作"] = { ...(state.facts["工作"] || {}), 主题: form.topic || known.title };
    else if (state.facts["工作"]) delete state.facts["工作"]["主题"];
    fields.topic = state.topic;
  }

  const empty = () => {
    const facts = JSON.parse(JSON.stringify(state.facts));
    if (facts["工作"]) delete facts["工作"]["主题"];
    return isEmpty(facts);
  };

  /** The form over the facts as they are. */
  function show(what = showing) {
    showing = what;
    fields.show(form.fields, state.facts, form.example, state.invented);
    facts.invented();
    bar();
    ask(0);
  }

  // ---- Where a value is from ----

  function place(piece) {
    const path = (piece.paths || [piece.key])[0];
    return path ? state.places[path] : "";
  }

  function forget(prefix) {
    for (const path of Object.keys(state.places)) {
      const found = fields.keysOf(path);
      if (found && (found.keys.join("/") + "/").startsWith(prefix)) delete state.places[path];
    }
  }

  function nameOf(path) {
    const found = fields.keysOf(path);
    return found && named(found.keys);
  }

  function value(path) {
    const found = fields.keysOf(path);
    return found ? W.values.words(W.values.at(state.facts, found.keys)) : "";
  }

  // ---- The draft ----

  function changed(keys) {
    state.facts = fields.facts;
    if (keys) forget(keys.join("/") + "/");
    W.sitting.touch();
    facts.invented();
    if (showing === "sample") {
      showing = "draft";
      bar();
    }
    ask(WAIT);
  }

  function ask(wait) {
    clearTimeout(timer);
    timer = setTimeout(draw, wait);
  }

  const options = () => {
    const { length, sections, seed } = state.options;
    return { ...(length ? { length } : {}), ...(sections ? { sections } : {}), seed, blanks: true };
  };

  async function draw() {
    if (!state.template || !form) return;
    const mine = ++asked;
    const wanted = showing;
    at.paper.classList.add("d-busy");
    try {
      const facts = fields.given();
      const [got, shown] = await Promise.all([
        call("draft", { template: state.template, facts, options: options() }),
        wanted === "sample" ? sampled(state.template) : null,
      ]);
      if (mine !== asked) return;
      answer = got.json;
      missing(answer.missing || []);
      paint(wanted === "sample" ? shown : answer, wanted === "sample");
      said(wanted === "sample" ? null : answer);
      planned(wanted === "sample" ? null : answer);
    } catch (error) {
      if (mine === asked) failed(error);
    } finally {
      if (mine === asked) at.paper.classList.remove("d-busy");
    }
  }

  function paint(what, isSample) {
    if (!what || what.text === undefined) return;
    at.paper.classList.toggle("d-sample", isSample);
    at.paper.classList.remove("d-empty");
    if (!at.fonts.textContent) at.fonts.textContent = W.fonts.said();
    preview.show(what, isSample ? say("样稿", "Sample") : say("稿子", "Draft"));
    size();
  }

  function size() {
    const { answer: shown, count } = preview;
    if (!shown) return;
    const pages = count ? say(`，${count}页`, `, ${W.many(count, "page")}`) : "";
    at.size.textContent = say(`${shown.characters}字${pages}`, `${shown.characters} characters${pages}`);
  }

  async function sampled(id) {
    const key = `${id} ${W.lang}`;
    if (!samples.has(key)) {
      const its = form && id === state.template ? form : (await call("form", { template: id })).json;
      const { json } = await call("draft", { template: id, facts: its.example, options: { seed: 0, blanks: true } });
      samples.set(key, json);
    }
    return samples.get(key);
  }

  /** A genre's sample beside the list, before it is chosen. */
  async function sample(id) {
    try {
      const mine = ++asked;
      const got = await sampled(id);
      if (mine !== asked) return;
      const one = hello.templates.find((t) => t.id === id);
      fill(at.bar, el("div", { class: "row" },
        el("b", { class: "grow" }, say(`样稿：${one.title}`, `Sample: ${one.title}`)),
        at.size = el("span", { class: "aside" }),
        button(["用它起草", "Draft one"], () => { pane("form"); take(id); }, { class: "main small" })),
        invention());
      fill(at.said);
      plan.show(null);
      paint(got, true);
      pane("pages");
      W.announce(`样稿：${one.title}`, `Sample: ${one.title}`);
    } catch (error) {
      W.explainFailure(error);
    }
  }

  const invention = () => el("p", { class: "notice warning" }, say("样稿里的人名、地名、数字都是虚构的。", "Names, places and figures of the sample are invented."));

  function failed(error) {
    const problems = (error.problems || [{ message: error.zh ? say(error.zh, error.en) : error.message }]).map(placed);
    // What is still being written is not yet wrong.
    const writing = problems.length && problems.every((p) => p.control && p.control.input === document.activeElement);
    if (writing) {
      document.activeElement.addEventListener("change", () => ask(0), { once: true });
      return;
    }
    fill(at.said, el("div", { class: "notice error", role: "alert" },
      el("b", {}, say("这样还不能成稿：", "This does not make a draft yet:")), el("ul", {}, problems.map(told))));
  }

  /** A problem or note with the field that it is about. */
  function placed(p) {
    const one = typeof p === "string" ? { message: p } : p;
    const path = one.path || fields.pathAt(one.place);
    const control = path && fields.find(path);
    return control ? { ...one, path, control, name: named(control.keys) } : one;
  }

  /** It in words, as the way to its field. */
  function told(p) {
    const words = [p.message, p.help].filter(Boolean).join(say("。", ". "));
    if (!p.control) return el("li", {}, words);
    fields.note(p.path, words);
    return el("li", {}, el("button", { type: "button", class: "quiet", on: { click: () => visit(p.path) } }, p.name), " ", words);
  }

  // ---- What is missing ----

  function missing(all) {
    const open = at.missing.querySelector("details") ? at.missing.querySelector("details").open : true;
    at.tabPages.textContent = all.length ? say(`看稿子（缺${all.length}）`, `Draft (${all.length} missing)`) : say("看稿子", "Draft");
    for (const { box } of fields.controls.values()) box.classList.remove("d-lacks");
    if (all.length !== lacking) W.announce(all.length ? `还缺${all.length}项` : "必需的都填了", all.length ? `${all.length} still missing` : "All that is needed is there");
    lacking = all.length;
    if (!all.length) {
      fill(at.missing, el("p", { class: "notice good" }, say("必需的都填了。", "All that is needed is there.")));
      return;
    }
    const items = all.map((m) => {
      const control = fields.find(m.path);
      if (control) control.box.classList.add("d-lacks");
      const place = fields.keysOf(m.path);
      const name = place ? named(place.keys) : m.key;
      return el("li", {}, el("button", { type: "button", class: "quiet", data: { path: m.path }, on: { click: () => visit(m.path) } }, name),
        el("span", { class: "aside" }, m.purpose && m.purpose !== m.key ? ` ${m.purpose}` : ""));
    });
    fill(at.missing, el("details", { class: "notice warning", open },
      el("summary", {}, el("b", {}, say(`还缺${all.length}项`, `${all.length} still missing`)),
        el("span", { class: "aside" }, say("　点一项，去填", "  click one to fill it in"))),
      el("ul", {}, items)));
  }

  function visit(path) {
    pane("form");
    if (!fields.goto(path)) W.toast([`这一处不在表单里：${path}`, `No field of the form: ${path}`]);
  }

  function goto(piece) {
    if (showing === "sample") return;
    const path = (piece.paths || [piece.key]).filter(Boolean)[0];
    if (path) visit(path);
  }

  // ---- Controls and downloads ----

  /** What the last package of each genre kept, for as long as the page is open. */
  const packages = new Map();

  function bar() {
    const toggle = (name, zh, en) => button([zh, en], () => { showing = name; bar(); ask(0); },
      { class: "small", "aria-pressed": String(showing === name) });
    const looks = [["fit", "整页", "Page"], ["1", "原大", "Full size"], ["flow", "大字", "Large type"]];
    const now = preview.flow ? "flow" : preview.zoom ? "1" : "fit";
    const view = el("select", { class: "small", "aria-label": say("怎样看", "View"), on: { change: () => {
      preview.flow = view.value === "flow";
      preview.zoom = view.value === "1" ? 1 : 0;
      preview.render();
      size();
    } } }, looks.map(([v, zh, en]) => el("option", { value: v, selected: v === now }, say(zh, en))));
    const save = (format) => button([`.${format}`, `.${format}`], () => draftFile(format), { class: format === "docx" ? "main small" : "small",
      "aria-label": say(`下载 .${format}`, `Download .${format}`) });
    const wasOpen = at.tune ? at.tune.open : false;
    fill(at.bar,
      el("div", { class: "row" },
        el("span", { class: "d-pair", role: "group", "aria-label": say("看哪一份", "Which") }, toggle("draft", "稿子", "Draft"), toggle("sample", "样稿", "Sample")),
        view, at.size = el("span", { class: "aside grow", role: "status" }),
        button(["换一种说法", "Say it otherwise"], () => again(), { class: "small d-again", disabled: showing === "sample" })),
      showing === "sample" ? invention() : [
        el("div", { class: "row" }, el("span", {}, say("下载稿子", "Download")), (hello.formats || ["docx", "md", "txt"]).map(save),
          button(["送审包", "For review"], () => packageFile(), { class: "small", data: { do: "package" },
            title: say("逐句的依据、算式、待办、问题；再做一份会说变了什么（.zip）", "Grounds, arithmetic, open points, findings; the next one says what changed (.zip)") }),
          el("span", {}, say("　事实", "  Facts")),
          button([".xlsx", ".xlsx"], () => facts.factsFile("xlsx"), { class: "small", "aria-label": say("下载事实 .xlsx", "Download the facts as .xlsx") }),
          button([".yaml", ".yaml"], () => facts.factsFile("yaml"), { class: "small", "aria-label": say("下载事实 .yaml", "Download the facts as .yaml") })),
        at.tune = el("details", { class: "d-tune", open: wasOpen },
          el("summary", {}, say("篇幅、部分、说法", "Length, sections, wording")),
          at.tuning = W.tuning(state.options, form ? form.sections : [], () => { W.sitting.touch(); ask(WAIT); }, commit)),
      ]);
  }

  function again() {
    step(["换一种说法", "Said otherwise"], () => { state.options.seed = (state.options.seed + 1) % 100; });
    if (at.tuning) at.tuning.seeded();
    ask(0);
  }

  async function draftFile(format) {
    const lacks = (answer && answer.missing) || [];
    if (lacks.length) {
      const way = await W.dialog({
        title: [`还缺${lacks.length}项事实`, `${lacks.length} facts are still missing`],
        body: [el("p", {}, say("缺的地方会写成【待补：……】。", "Each will stand in the file as 【待补：…】."))],
        buttons: [{ say: ["先去补", "Fill them in first"], value: "fill", main: true }, { say: ["照样下载", "Download all the same"], value: "go" }],
      });
      if (way === "fill") visit(lacks[0].path);
      if (way !== "go") return;
    } else if (state.invented && fields.left) {
      W.toast([`稿子里还有${fields.left}处虚构的示例`, `The draft still has ${fields.left} invented values`]);
    }
    await save("draft_file", { template: state.template, facts: fields.given(), options: { ...options(), blanks: lacks.length > 0 }, format });
  }

  /** What stands behind the draft, for whoever signs it. What the last one of this sitting kept goes along. */
  async function packageFile() {
    const blanks = Boolean(answer && answer.missing && answer.missing.length);
    const last = packages.get(state.template) || "";
    try {
      const { json, files } = await call("draft_package", { template: state.template, facts: fields.given(), options: { ...options(), blanks }, last });
      packages.set(state.template, json.kept);
      W.download(json.name, files[0]);
    } catch (error) {
      W.explainFailure(error);
    }
  }

  async function save(route, asking) {
    try {
      const { json, files } = await call(route, asking);
      W.download(json.name, files[0]);
    } catch (error) {
      W.explainFailure(error);
    }
  }

  // ---- What is said of the draft ----

  function said(got) {
    fill(at.said);
    if (!got) return;
    const found = (got.findings || []).map((f, i) => [f, i]).filter(([f]) => !preview.blanks.some((b) => f.start < b.end && f.end > b.start));
    const names = { error: say("错误", "error"), warning: say("疑点", "warning"), info: say("提示", "hint") };
    const wasOpen = at.found ? at.found.open : found.length < 4;
    const notes = [...(got.said || []), ...(got.notes || [])];
    fill(at.said,
      notes.length ? el("div", { class: "notice info" }, el("ul", {}, notes.map((n) => told(placed(n))))) : null,
      found.length ? (at.found = el("details", { class: "notice warning", open: wasOpen },
        el("summary", {}, el("b", {}, say(`检查：有${found.length}处要看`, `Check: ${found.length} to look at`))),
        el("ul", { class: "d-findings" }, found.map(([f, i]) => el("li", {},
          el("button", { type: "button", class: "quiet", on: { click: () => { pane("pages"); preview.point(i); } } },
            el("span", { class: `badge ${f.severity}` }, names[f.severity] || f.severity), " ", f.message),
          f.help ? el("span", { class: "aside" }, ` ${f.help}`) : null)))))
        : el("p", { class: "d-clean aside" }, got.missing && got.missing.length
          ? say("检查：除了还缺的，没有发现问题。", "Check: nothing found but what is missing.") : say("检查：没有发现问题。", "Check: nothing found.")));
  }

  /** What would improve the draft is told once there is a plan, or nothing is missing any more. */
  function planned(got) {
    if (got) plan.show(got.plan, got.plan || !got.missing.length ? got.wanted : []);
    else plan.show(null);
  }

  // ---- A sitting, two languages ----

  const holds = () => Boolean(state.template) || !isEmpty(state.facts);

  const api = {
    start,
    shown() { if (preview) preview.fit(); },
    async spoken() {
      hello = W.hello;
      const { pane: shown } = at.view.dataset;
      build();
      pane(shown);
      if (state.template) await load();
    },
    receive: (names, got) => facts.confirm(names, got),
    holds,
    state: () => JSON.parse(JSON.stringify({ ...state, facts: fields && form ? tidy(state.facts) : state.facts })),
    async restore(kept) {
      const clean = fresh();
      Object.assign(state, clean, kept, { options: { ...clean.options, ...(kept.options || {}) } });
      if (state.template && !template()) {
        W.toast([`没有“${state.template}”这种文稿了，请另选`, `There is no genre “${state.template}” any more`], { kind: "error" });
        state.template = "";
      }
      choose();
      facts.source();
      await load();
      last = JSON.stringify(state);
    },
  };

  const facts = W.draftFacts({
    state, at, load, show, step, save, empty,
    get hello() { return hello; }, get form() { return form; }, get fields() { return fields; },
  });

  W.draft = api;
})();
