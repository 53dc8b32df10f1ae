"use strict";
// A paper's text, a paragraph a line, the findings marked in it. Where findings overlap, a stretch names
// all of them. An accepted change shows the old words struck and the new ones after them.
globalThis.W = globalThis.W || {};
(() => {
  const C = W.check;
  const { el, fill } = W;
  const RANK = { error: 3, warning: 2, info: 1 };

  /** Which findings touch which line; found once for a result. */
  function byLine(found) {
    if (found.byLine) return found.byLine;
    found.byLine = found.lines.map(() => []);
    for (const f of found.findings) {
      for (let n = lineOf(found, f.start); n < found.lines.length && (found.lines[n].start < f.end || found.lines[n].start === f.start); n += 1) {
        found.byLine[n].push(f);
      }
    }
    return found.byLine;
  }

  /** The line that holds a code point. */
  function lineOf(found, at) {
    let low = 0, high = found.lines.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (found.lines[middle].start <= at) low = middle; else high = middle - 1;
    }
    return Math.max(low, 0);
  }

  function draw(found) {
    const marks = byLine(found);
    const box = W.text("text", found, (line, n, words) => (marks[n].length === 0 ? words : stretches(found, n)));
    box.addEventListener("click", clicked);
    return box;
  }

  /** Draws again the lines of these findings. */
  function redraw(box, found, list) {
    const lines = new Set();
    byLine(found).forEach((on, n) => { if (on.some((f) => list.has(f))) lines.add(n); });
    for (const n of lines) fill(box.children[n], stretches(found, n));
  }

  function stretches(found, n) {
    const { start, end } = found.lines[n], on = byLine(found)[n];
    const inside = (at) => Math.min(Math.max(at, start), end);
    const cuts = [...new Set([start, end, ...on.map((f) => inside(f.start)), ...on.map((f) => inside(f.end))])].sort((a, b) => a - b);
    const out = [];
    for (let k = 0; k + 1 < cuts.length; k += 1) {
      const [from, to] = [cuts[k], cuts[k + 1]];
      const words = found.points.slice(from, to).join("");
      const here = on.filter((f) => f.start < to && f.end > from);
      out.push(here.length === 0 ? words : mark(here, words, (f) => inside(f.end) === to && f.end <= end + 1));
    }
    return out;
  }

  function mark(here, words, isLast) {
    const shown = here.filter(C.isShown);
    const ending = shown.filter(isLast).map((f) => f.index + 1).join(",");
    const node = el("mark", { class: tone(here, shown), data: { f: here.map((f) => f.index).join(" ") } });
    if (ending) node.dataset.no = ending;
    if (C.now && here.some((f) => f.key === C.now.key)) node.classList.add("now");
    const accepted = here.filter((f) => C.status(f) === "accepted");
    if (accepted.length === 0) return W.add(node, [words]);
    node.append(el("del", {}, words));
    for (const f of accepted.filter(isLast)) if (f.fix && f.fix.text) node.append(el("ins", {}, f.fix.text));
    return node;
  }

  function tone(here, shown) {
    if (here.some((f) => C.status(f) === "accepted")) return "done";
    if (shown.length === 0) return "off";
    const open = shown.filter((f) => C.status(f) === "open");
    if (open.length === 0) return "gone";
    return open.reduce((worst, f) => (RANK[f.severity] > RANK[worst] ? f.severity : worst), "info");
  }

  /** Where several findings meet, each click goes on to the next. */
  function clicked(event) {
    const node = event.target.closest("mark");
    if (!node || String(getSelection()) !== "") return;
    const item = C.get().files.get(C.shownPath);
    const here = node.dataset.f.split(" ").map((n) => C.findings(item)[Number(n)]).filter((f) => C.isShown(f) || C.status(f) === "accepted");
    const at = here.findIndex((f) => C.now && f.key === C.now.key);
    if (here.length > 0) C.choose(item.path, here[(at + 1) % here.length].key, "mark");
  }

  function marksOf(box, found, f) {
    const out = [];
    for (let n = lineOf(found, f.start); n < found.lines.length && found.lines[n].start <= f.end; n += 1) {
      for (const mark of box.children[n].querySelectorAll("mark")) if (mark.dataset.f.split(" ").includes(String(f.index))) out.push(mark);
    }
    return out;
  }

  C.text = { draw, redraw, marksOf };
})();
