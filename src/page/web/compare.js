"use strict";
// The view 比对: two versions of a paper, which figures, dates and names differ, and the newer one with what changed
// as tracked changes.
//
// `state` is everything that undo brings back: the two papers. What the program found lies beside it.
globalThis.W = globalThis.W || {};
(() => {
  const { el, both, button, fill, say, busy } = W;
  const SIDES = { old: ["旧稿", "Older version"], new: ["新稿", "Newer version"] };

  let state = { old: null, new: null };
  let found = null; // what the program found: counts, values, notes, the marked file
  let asked = 0;
  const at = {}; // the view's parts by name

  // Laid out once

  function start(root) {
    at.root = root;
    for (const name of ["papers", "outcome"]) at[name] = el("div", {});
    fill(root, el("h2", { id: "cmp-name", tabindex: "-1", say: ["比对两稿", "Compare two versions"] }), at.papers, at.outcome);
    W.sitting.part("compare", { holds: () => Boolean(state.old || state.new), save, open: restore });
    draw();
  }

  function draw() {
    fill(at.papers, el("div", { class: "cmp-sides" }, side("old"), side("new")), el("p", { class: "aside", say: [
      "旧稿和新稿可以是两种格式。列出数字、日期、人名的不同；花脸稿在新稿上标出修订，在 Word、WPS 里全部接受是新稿，全部拒绝是旧稿。文件只在这台电脑上处理，不会传到网上。",
      "The two may be of different formats. Figures, dates and names that differ are listed; the marked document is the newer one with tracked changes: all accepted it is the new text, all rejected the old. Files stay on this computer; nothing is sent to the network."] }));
    fill(at.outcome);
    if (found) fill(at.outcome, outcome());
  }

  function side(which) {
    const paper = state[which], [zh, en] = SIDES[which];
    const box = el("div", { class: "drop", id: `cmp-${which}` },
      el("h3", { say: [zh, en] }),
      paper ? el("p", {}, el("span", { class: "badge" }, paper.name, button(["拿走", "Remove"], () => put(which, null),
        { class: "quiet small", label: [`拿走 ${paper.name}`, `Remove ${paper.name}`] })))
        : el("p", { say: ["把稿子拖到这里", "Drop the paper here"] }),
      button(["选文件", "Choose a file"], () => choose(which), { class: paper ? "small" : "main", label: [`选${zh}`, `Choose the ${en.toLowerCase()}`], data: { do: `compare-${which}` } }));
    W.drops(box, ({ files }) => take([...files], which));
    return box;
  }

  function outcome() {
    const { same, changed, gone, come, moved } = found.paragraphs;
    const worded = (p) => [p.place, p.message, p.help].filter(Boolean).join(say("：", ": "));
    const counted = el("p", { role: "status", id: "cmp-count", say: [
      `改${changed}段，删${gone}段，增${come}段，${moved ? `移${moved}段，` : ""}未动${same}段`,
      `${W.many(changed, "paragraph")} changed, ${gone} gone, ${come} new, ${moved ? `${moved} moved, ` : ""}${same} as they were`] });
    const moves = found.moved.length === 0 ? null : el("ul", { id: "cmp-moved" }, found.moved.map((one) => el("li", {}, one.told)));
    const marked = button(["下载花脸稿 .docx", "Download the marked .docx"], (event) => busy(event.currentTarget, download), { class: "main", data: { do: "compare-docx" } });
    const list = found.values.length === 0 ? el("p", { say: ["数字、日期、人名等没有不同", "Figures, dates and names are the same"] })
      : el("ol", { id: "cmp-values" }, found.values.map(value));
    return el("section", { class: "panel", "aria-labelledby": "cmp-name" }, counted, el("div", { class: "row" }, marked),
      moves, found.notes.map((note) => el("p", { class: "notice warning" }, worded(note))),
      el("h3", {}, both(`数字、日期、人名等的不同（${found.values.length}处）`, `Figures, dates and names that differ (${found.values.length})`)), list);
  }

  function value(one) {
    const what = one.about ? `${one.label}（${one.about}）` : one.label;
    return el("li", {}, el("strong", {}, what), " ",
      one.old ? el("del", { lang: "zh-CN" }, one.old) : null, one.old && one.new ? " → " : null,
      one.new ? el("ins", { lang: "zh-CN" }, one.new) : null,
      el("p", { class: "aside", lang: "zh-CN" }, one.sentence));
  }

  // The papers

  function change(pair, to) {
    const before = state, after = { ...state, ...to };
    W.did({ say: pair, undo: () => become(before), redo: () => become(after) });
    return become(after);
  }

  function become(kept) {
    state = kept;
    return read();
  }

  async function choose(which) {
    await take(await W.pick({ many: false, accept: W.paperEndings() }), which);
  }

  function put(which, paper) {
    const [zh, en] = SIDES[which];
    return change(paper ? [`${zh}：${paper.name}`, `${en}: ${paper.name}`] : [`拿走${zh}`, `${en} removed`], { [which]: paper });
  }

  /** Takes in what came: the first for the side that it was meant for, a second for the other one where that is empty. */
  async function take(files, which) {
    try {
      const isSitting = (file) => /\.json$/i.test(file.name);
      for (const one of files.filter(isSitting)) await W.sitting.read(one);
      const came = files.filter((file) => !isSitting(file));
      const sides = [which, ...["old", "new"].filter((one) => one !== which && !state[one])];
      const next = {};
      for (const [n, one] of sides.entries()) {
        if (came[n]) next[one] = { name: came[n].name, bytes: await W.bytesOf(came[n]) };
      }
      const said = Object.values(next).map((paper) => paper.name).join("、");
      if (said) await change([`比对：${said}`, `to compare: ${said}`], next);
    } catch (error) { W.explainFailure(error); }
  }

  async function read() {
    const mine = (asked += 1);
    found = null;
    if (state.old && state.new) {
      try {
        const { json, files } = await W.call("compare", { names: [state.old.name, state.new.name] }, [state.old.bytes, state.new.bytes]);
        if (mine !== asked) return;
        found = { ...json, bytes: files[0] };
      } catch (error) {
        if (mine === asked) W.explainFailure(error);
      }
    }
    if (mine !== asked) return;
    draw();
    if (found) W.announce(`有${found.values.length}处数字、日期、人名不同`, `${W.many(found.values.length, "value")} differ`);
  }

  async function download() {
    W.download(W.check.named(found.name, "花脸稿", "marked"), found.bytes);
    W.toast(["花脸稿已下载", "The marked document is downloaded"]);
  }

  // A sitting, two languages

  const packed = (paper) => paper && { name: paper.name, base64: W.toBase64(paper.bytes) };
  const unpacked = (paper) => paper && { name: String(paper.name), bytes: W.fromBase64(paper.base64) };
  const save = () => ({ old: packed(state.old), new: packed(state.new) });
  const restore = (data) => change(["打开进度", "a sitting opened"], { old: unpacked(data.old), new: unpacked(data.new) });
  const spoken = () => read();

  W.compare = { start, spoken };
})();
