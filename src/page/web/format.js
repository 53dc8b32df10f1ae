"use strict";
// The view 排版: a paper dropped, how it is to be laid out, what was done, the .docx.
//
// `state` is what undo brings back: the paper and the three choices. What came of it lies beside it.
globalThis.W = globalThis.W || {};
(() => {
  const F = (W.format = W.format || {});
  const { el, button, fill, say, busy } = W;

  const CHOICES = [
    ["form", ["样式", "Form"], [
      ["", ["按声明的文种，没有的按讲话稿", "As declared, else a speech"]],
      ["speech", ["讲话稿", "Speech"]], ["document", ["公文", "Formal document"]], ["brief", ["简报", "Brief"]],
      ["reading", ["朗读稿（大字，标每部分几分钟）", "Reading copy (large, minutes of each part)"]]]],
    ["fonts", ["字体名", "Fonts"], [
      ["standard", ["仿宋、楷体、方正小标宋简体", "仿宋, 楷体, 方正小标宋简体"]],
      ["gb2312", ["仿宋_GB2312、楷体_GB2312", "仿宋_GB2312, 楷体_GB2312"]],
      ["founder", ["方正仿宋_GBK、方正小标宋_GBK（WPS 的 Linux 版自带）", "方正仿宋_GBK, 方正小标宋_GBK (of WPS for Linux)"]]]],
    ["grid", ["22行的算法", "22 lines"], [
      ["9704", ["行距28.95磅", "28.95 pt a line"]], ["33476", ["行距29.45磅（GB/T 33476.2）", "29.45 pt a line (GB/T 33476.2)"]]]],
  ];

  let state = { paper: null, sample: null, form: "", fonts: "standard", grid: "9704" };
  let made = null; // what the program made of it: {json, bytes}
  let asked = 0;
  const at = {};

  function start(root) {
    at.root = root;
    for (const name of ["drop", "head", "told", "text"]) at[name] = el("div", {});
    fill(root, at.drop, at.head, at.told, at.text);
    W.drops(root, ({ files }) => take([...files]));
    W.sitting.part("format", { holds: () => Boolean(state.paper), save, open: restore });
    draw();
  }

  function draw() {
    for (const name of ["drop", "head", "told", "text"]) fill(at[name]);
    if (!state.paper) fill(at.drop, dropBox());
    else {
      fill(at.head, head());
      if (made) {
        fill(at.told, told());
        fill(at.text, text());
      }
    }
  }

  function dropBox() {
    return el("div", { class: "drop", id: "f-drop" },
      el("h2", { say: ["把要排版的稿子拖到这里", "Drop the paper here"] }),
      el("p", { say: [
        "照《党政机关公文格式》排成 .docx：纸张、每面22行、每行28字、标题、称谓、四级层次、表格、附件、署名、版记、页码。文字一字不动，拿不准的加批注。",
        "It is laid out as official documents are, as a .docx: paper, 22 lines of 28 characters, title, salutation, four levels of headings, tables, attachments, signature, 版记, page numbers. No word is changed; what is not sure gets a comment."] }),
      el("div", { class: "row" }, button(["选文件", "Choose a file"], choose, { class: "main", data: { do: "format-file" } })),
      el("p", { class: "aside", say: [
        ".docx 在原文件上排，图片、表格、脚注、批注照旧；.doc、.pdf、.odt、.txt、.md 等按文字重新排。文件只在这台电脑上处理，不会传到网上。",
        "A .docx is set in its own file and keeps pictures, tables, notes and comments; .doc, .pdf, .odt, .txt, .md and others are laid out from their text. Files stay on this computer; nothing is sent to the network."] }));
  }

  function head() {
    const selects = CHOICES.map(([key, label, options]) => {
      const select = el("select", { class: "small", id: `f-${key}`, data: { choice: key }, on: { change: () => set(label, { [key]: select.value }) } },
        options.map(([value, pair]) => el("option", { value, say: pair })));
      select.value = state[key];
      return [el("label", { class: "aside", for: `f-${key}`, say: label }), select];
    });
    return el("div", {},
      el("div", { class: "row" },
        el("h2", { class: "grow", id: "f-name", tabindex: "-1" }, state.paper.name),
        button(["换一份稿子", "Another paper"], choose, { class: "small", data: { do: "format-file" } }),
        button(["拿走", "Remove"], () => set(["拿走稿子", "paper removed"], { paper: null }), { class: "small", label: [`拿走 ${state.paper.name}`, `Remove ${state.paper.name}`] })),
      el("div", { class: "row panel" }, selects, sample(),
        button(["下载 .docx", "Download .docx"], (event) => busy(event.currentTarget, download), { class: "small main", data: { do: "format-docx" }, disabled: !made }),
        button(["放进“检查”", "Check it"], (event) => busy(event.currentTarget, check), { class: "small", data: { do: "format-check" }, disabled: !made })));
  }

  /** An office's own sample, whose look counts; one press takes it away again. */
  function sample() {
    const { sample: of } = state;
    return of ? button([`不照样稿（${of.name}）`, `Not like ${of.name}`], () => set(["不照样稿", "sample removed"], { sample: null }), { class: "small", data: { do: "format-unlike" } })
      : button(["照本单位样稿", "Like a sample"], like, { class: "small", data: { do: "format-like" }, tip: ["选一份本单位的 .docx，字体、字号、行距、页边距照它的；公文、简报没有版头、版记的，照它加上，文号、日期、抄送留空", "A .docx of the office, whose fonts, sizes, lines and margins count; documents and briefs without head or foot get its, with gaps for number, dates and copies"] });
  }

  async function like() {
    try {
      const [file] = await W.pick({ accept: ".docx" });
      if (!file) return;
      const of = { name: file.name, bytes: await W.bytesOf(file) };
      await set([`照样稿 ${of.name}`, `like ${of.name}`], { sample: of });
    } catch (error) {
      state = { ...state, sample: null };
      await become(state);
      W.explainFailure(error);
    }
  }

  function told() {
    const { told: said, doubts, notes } = made.json;
    return el("section", { class: "panel", id: "f-told", "aria-label": say("排了什么", "What was done") },
      notes.map((note) => el("p", { class: "notice warning" }, [note.place, note.message].filter(Boolean).join(say("：", ": ")))),
      doubts.map((one) => el("p", { class: "notice warning", data: { doubt: "" } }, one)),
      el("ul", {}, said.map((one) => el("li", {}, one))));
  }

  /** What each paragraph was taken for, so that a wrong guess is seen at once. */
  function text() {
    const points = [...made.json.text];
    return el("section", { class: "document", "aria-labelledby": "f-name" },
      el("ol", { class: "f-blocks" }, made.json.blocks.map((block) =>
        el("li", { data: { kind: block.kind } }, points.slice(block.start, block.end).join("")))));
  }

  function set(pair, to) {
    const before = state, after = { ...state, ...to };
    W.did({ say: pair, undo: () => become(before), redo: () => become(after) });
    return become(after);
  }

  async function become(kept) {
    state = kept;
    made = null;
    draw();
    if (!state.paper) return;
    asked += 1;
    const mine = asked;
    const { form, fonts, grid } = state;
    const given = [state.paper, ...(state.sample ? [{ ...state.sample, name: `样稿/${state.sample.name}` }] : [])];
    const { json, files } = await W.call("format", { names: given.map((one) => one.name), form, fonts, grid }, given.map((one) => one.bytes));
    if (mine !== asked) return;
    made = { json, bytes: files[0] };
    draw();
    const n = json.doubts.length;
    W.announce(n ? `排好了，拿不准的${n}处` : "排好了", n ? `laid out; not sure: ${n}` : "laid out");
  }

  async function choose() {
    try { await take(await W.pick({ accept: W.paperEndings() })); } catch (error) { W.explainFailure(error); }
  }

  async function take(files) {
    const file = files[0];
    if (!file) return;
    const bytes = new Uint8Array(await file.arrayBuffer());
    const [paper] = (await W.unfold([{ name: file.name, bytes }], "name")).filter((one) => W.isPaper(one.name));
    if (!paper) throw new W.Failed([{ message: say("没有能读的稿子", "there is no paper that can be read") }]);
    try {
      await set([`放进 ${paper.name}`, `${paper.name} put in`], { paper: { name: paper.name, bytes: paper.bytes } });
    } catch (error) {
      state = { ...state, paper: null };
      draw();
      throw error;
    }
  }

  function download() {
    W.download(made.json.name, made.bytes);
    W.toast(made.json.doubts.length ? ["已下载；拿不准的地方加了批注", "Downloaded; what is not sure has comments"] : ["已下载排好的稿子", "Downloaded"]);
  }

  function check() {
    W.check.put([{ path: made.json.name, bytes: made.bytes }], "paper");
    W.showTab("check", true);
  }

  function save() {
    const { paper, form, fonts, grid } = state;
    return { name: paper.name, base64: W.toBase64(paper.bytes), form, fonts, grid };
  }

  function restore(data) {
    const paper = { name: String(data.name), bytes: W.fromBase64(data.base64) };
    return set(["打开进度", "a sitting opened"], { paper, form: data.form || "", fonts: data.fonts || "standard", grid: data.grid || "9704" });
  }

  Object.assign(F, { start, spoken: () => state.paper && become(state).catch(W.explainFailure) });
})();
