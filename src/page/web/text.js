"use strict";
// A paper's text, a paragraph a line, for every view that shows one.
//
//   text(id, {points, lines}, within)     `within(line, n, words)` gives what a line holds
//   marked(id, {points, lines}, all, mark) with stretches {start, end, …} marked, each as `mark(it, its words)`
//                                          gives it; of two that overlap the first stands
globalThis.W = globalThis.W || {};
(() => {
  const { el } = W;
  const HEADS = /^(masthead|title|subtitle|heading|caption|annex)/;

  function text(id, { points, lines }, within) {
    return el("div", { class: "text", lang: "zh-CN", tabindex: "-1", id }, lines.map((line, n) => {
      const words = points.slice(line.start, line.end).join("");
      const kind = HEADS.test(line.kind) ? "head" : words.trim() === "" ? "gap" : "";
      return el("p", { class: `${kind} k-${line.kind || "none"}`, data: { n: String(n + 1) } }, within(line, n, words));
    }));
  }

  function marked(id, shown, all, mark) {
    let taken = 0, k = 0;
    const apart = [...all].sort((a, b) => a.start - b.start || b.end - a.end).filter(({ start, end }) => {
      const isFree = start >= taken;
      if (isFree) taken = end;
      return isFree;
    });
    const part = (from, to) => shown.points.slice(from, to).join("");
    return text(id, shown, ({ start, end }) => {
      const kids = [];
      let at = start;
      while (k < apart.length && apart[k].end <= start) k += 1;
      // One that goes on in the next line is met there again.
      for (; k < apart.length && apart[k].start < end && at < end; k += apart[k].end <= end ? 1 : 0) {
        const from = Math.max(apart[k].start, start), to = Math.min(apart[k].end, end);
        kids.push(part(at, from), mark(apart[k], part(from, to)));
        at = to;
      }
      return [...kids, part(at, end)];
    });
  }

  Object.assign(W, { text, marked });
})();
