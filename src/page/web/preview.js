// The draft as A4 pages (版式), after GB/T 9704-2012: 22 lines of 28 characters, 37/35/28/26 mm.
//
// The browser breaks lines, this file breaks pages: every block is set once in a column that nobody
// sees, and moved to a page as a whole or cut where the page is full. Word may break a line elsewhere
// (it hangs a mark over the edge), so a page here is very nearly, not exactly, the page there.
// Over each word lies where it came from; the arrow keys go from one to the next.

"use strict";
(() => {
  const { el, say, fill } = W;

  const PT = 96 / 72;
  const LINE = 28.95 * PT; // 579 twips, as the .docx has it.
  const CORE = 22 * LINE;
  const SHEET = (210 / 25.4) * 96;

  // ---- Blocks ----

  const HEAD = new Set(["masthead", "document-number", "issue-number", "edited-line", "title", "subtitle", "date-line", "speaker-line", "annex"]);
  const RED = new Set(["masthead", "document-number", "issue-number", "edited-line"]);
  const CLOSE = new Set(["signature", "date-of-issue"]);
  const IMPRINT = new Set(["copy-line", "print-line"]);

  /** Half characters that words take. */
  const halves = (words) => Array.from(words).reduce((n, c) => n + (c.charCodeAt(0) < 0x300 ? 1 : 2), 0);

  /** The answer's blocks: kind without level, blank lines above, cells put together to tables. */
  function laidOut(answer) {
    const blocks = answer.blocks.map((b) => {
      const level = /^heading-?(\d)?$/.exec(b.kind);
      return { ...b, kind: level ? "heading" : b.kind, level: level ? +(level[1] || b.level || 1) : 0 };
    });
    const brief = blocks.some((b) => b.kind === "issue-number" || b.kind === "edited-line");
    let redHead = false;
    blocks.forEach((b, i) => {
      const before = i ? blocks[i - 1].kind : "";
      if (b.kind === "masthead") redHead = true;
      b.space = 0;
      if (b.kind === "masthead" && !i) b.space = brief ? LINE : (35 / 25.4) * 96;
      else if (before === "masthead" && b.kind === "document-number") b.space = 2 * LINE;
      else if (i && (b.kind === "issue-number" || b.kind === "edited-line")) b.space = LINE;
      else if (redHead && RED.has(before) && !RED.has(b.kind)) b.space = /issue|edited/.test(before) ? LINE : 2 * LINE;
      else if (HEAD.has(before) && !HEAD.has(b.kind) || before && !CLOSE.has(before) && CLOSE.has(b.kind) ||
        before !== "attachment-note" && b.kind === "attachment-note" || before === "annex" && b.kind === "title") b.space = LINE;
      else if (before === "cell" && b.kind !== "cell" && b.kind !== "annex" || before && b.kind === "caption") b.space = LINE / 2;
      b.ruled = redHead && RED.has(b.kind) && !(blocks[i + 1] && RED.has(blocks[i + 1].kind));
    });
    const out = [];
    for (let i = 0; i < blocks.length; i++) {
      if (blocks[i].kind !== "cell") {
        out.push(blocks[i]);
        continue;
      }
      const cells = [];
      const space = blocks[i].space;
      while (i < blocks.length && blocks[i].kind === "cell") cells.push(blocks[i++]);
      i--;
      out.push({ kind: "table", space, rows: rowsOf(cells, answer.text) });
    }
    return out;
  }

  /** The rows of a table's cells. Where an answer does not say them, the row of the first number 1
   *  tells how many columns there are (序号), else each cell has a line. */
  function rowsOf(cells, text) {
    if (cells[0].row !== undefined) {
      const rows = new Map();
      for (const cell of cells) rows.set(cell.row, [...(rows.get(cell.row) || []), cell]);
      return [...rows.values()];
    }
    const glyphs = Array.from(text);
    const wide = cells.findIndex((c) => glyphs.slice(c.start, c.end).join("") === "1");
    const columns = wide > 0 && cells.length % wide === 0 ? wide : 1;
    return cells.reduce((rows, cell, i) => (i % columns ? rows[rows.length - 1].push(cell) : rows.push([cell]), rows), []);
  }

  // ---- The preview ----

  class Preview {
    /** `host` an element; `goto(piece)` goes to where a word came from. */
    constructor(host, goto) {
      this.goto = goto;
      this.flow = false;
      this.zoom = 0;
      this.pages = el("div", { class: "d-pages", role: "document", tabindex: -1 });
      this.measure = el("div", { class: "d-sheet d-measure", "aria-hidden": "true" });
      this.frame = el("div", { class: "d-frame" }, this.pages, this.measure);
      this.bubble = el("div", { class: "d-bubble", role: "tooltip", id: "d-bubble", hidden: true });
      W.fonts.dress(this.frame);
      host.append(this.frame, this.bubble);
      this.listen();
      if (globalThis.ResizeObserver) new ResizeObserver(() => this.fit()).observe(this.frame);
      else addEventListener("resize", () => this.fit());
    }

    /** Shows an answer of `draft`. */
    show(answer, name) {
      this.answer = answer;
      this.glyphs = Array.from(answer.text);
      this.stops = this.stopsOf(answer);
      this.pages.setAttribute("aria-label", name);
      this.render();
    }

    clear() {
      this.answer = null;
      fill(this.pages);
      this.hide();
    }

    /** Where a stretch may begin: at each piece, mark and blank. */
    stopsOf({ pieces, findings, text }) {
      const stops = new Set();
      for (const { start, end } of [...pieces, ...findings]) stops.add(start).add(end);
      this.blanks = [];
      const units = /【待补：[^】]*】/g;
      for (let found; (found = units.exec(text)); ) {
        const start = Array.from(text.slice(0, found.index)).length;
        this.blanks.push({ start, end: start + Array.from(found[0]).length });
        stops.add(start).add(start + Array.from(found[0]).length);
      }
      return [...stops].sort((a, b) => a - b);
    }

    /** The text from `start` to `end`, each word with its piece, findings and blanks marked. */
    inline(start, end) {
      const { pieces, findings } = this.answer;
      const out = document.createDocumentFragment();
      const cuts = [start, ...this.stops.filter((s) => s > start && s < end), end];
      let p = this.firstPiece(start);
      for (let i = 0; i + 1 < cuts.length; i++) {
        const [from, to] = [cuts[i], cuts[i + 1]];
        const words = this.glyphs.slice(from, to).join("").replace(/\t/g, "");
        while (p < pieces.length && pieces[p].end <= from) p++;
        const piece = pieces[p] && pieces[p].start <= from ? pieces[p] : null;
        const finding = findings.findIndex((f) => f.start <= from && f.end >= to);
        const blank = this.blanks.some((b) => b.start <= from && b.end >= to);
        if (/\t/.test(this.glyphs.slice(from, to).join(""))) out.append(el("span", { class: "d-tab" }));
        if (!words) continue;
        if (!piece && finding < 0) {
          out.append(words);
          continue;
        }
        let name = piece ? `d-piece d-${piece.from}` : "";
        if (blank) name += " d-blank";
        if (finding >= 0 && !blank) name += ` d-finding d-${findings[finding].severity}`;
        const span = el("span", { class: name.trim() }, words);
        if (piece) span.dataset.piece = p;
        if (finding >= 0) span.dataset.finding = finding;
        out.append(span);
      }
      return out;
    }

    firstPiece(start) {
      const { pieces } = this.answer;
      let [low, high] = [0, pieces.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (pieces[middle].end <= start) low = middle + 1;
        else high = middle;
      }
      return low;
    }

    /** The element of a block, or of what is left of it. */
    element(block, start = block.start, end = block.end) {
      if (block.kind === "table") {
        const wide = Math.max(...block.rows.map((r) => r.length));
        return el("table", { class: "d-table" + (wide > 4 ? " d-small" : "") },
          el("tbody", {}, ...block.rows.map((row, i) =>
            el("tr", {}, ...row.map((c) => el(i || block.rows.length < 2 ? "td" : "th", {}, this.inline(c.start, c.end)))))));
      }
      const level = block.kind === "heading" ? `-${Math.min(block.level, 4)}` : "";
      const tag = block.kind === "title" ? "h3" : block.kind === "heading" && !/[。；！？]$/.test(this.words(block)) ? "h4" : "p";
      const p = el(tag, { class: `d-${block.kind}${level}` }, this.inline(start, end));
      if (block.kind === "masthead") {
        const n = halves(this.words(block));
        const room = 150 / 25.4 * 96;
        const scale = Math.min(0.9, Math.max(0.66, room / (62 * PT * n / 2)));
        const size = Math.min(62 * PT, Math.max(26 * PT, room / (scale * n / 2)));
        p.style.fontSize = `${size}px`;
        p.style.lineHeight = `${size * 1.05}px`;
        p.style.whiteSpace = "nowrap";
        p.style.setProperty("--wide", scale);
        fill(p, el("span", { class: "d-narrow" }, ...p.childNodes));
      }
      if (CLOSE.has(block.kind)) p.style.paddingRight = `${this.closing(block)}em`;
      return p;
    }

    words({ start, end }) {
      return this.glyphs.slice(start, end).join("");
    }

    /** How far from the right 署名 and 成文日期 stand, in characters (7.3.5.2). */
    closing(block) {
      const i = this.blocks.indexOf(block);
      const [office, date] = block.kind === "signature" ? [block, this.blocks[i + 1]] : [this.blocks[i - 1], block];
      if (!office || !date || office.kind !== "signature" || date.kind !== "date-of-issue") return 2;
      const [a, b] = [halves(this.words(office)), halves(this.words(date))];
      if (Math.max(a, b) > 48) return 2;
      const [mine, its] = b > a ? [b + 8 - a, 4] : [4, a - b];
      return Math.max(0, block.kind === "signature" ? mine : its) / 2;
    }

    render() {
      if (!this.answer) return;
      this.hide();
      const held = document.activeElement && this.pages.contains(document.activeElement) ? document.activeElement.dataset.piece : null;
      const top = this.frame.scrollTop;
      this.blocks = laidOut(this.answer);
      this.pages.classList.toggle("d-flow", this.flow);
      if (this.flow) {
        const sheet = el("section", { class: "d-reading" });
        for (const block of this.blocks) {
          const p = this.element(block);
          if (block.space) p.classList.add("d-apart");
          sheet.append(p);
        }
        fill(this.pages, sheet);
        this.count = 0;
      } else {
        const sheets = this.paged();
        this.count = sheets.length;
        fill(this.pages, ...sheets);
      }
      const first = this.pages.querySelector("[data-piece]");
      const again = held !== null && this.pages.querySelector(`[data-piece="${held}"]`);
      if (again || first) (again || first).tabIndex = 0;
      if (again) again.focus({ preventScroll: true });
      this.fit();
      this.frame.scrollTop = top;
    }

    /** The blocks on pages. */
    paged() {
      const sheets = [];
      let core = null;
      let y = 0;
      const turn = () => {
        const n = sheets.length + 1;
        core = el("div", { class: "d-core" });
        sheets.push(el("section", { class: "d-sheet " + (n % 2 ? "d-odd" : "d-even"), "aria-label": say(`第${n}页`, `Page ${n}`) },
          core, el("div", { class: "d-number", "aria-hidden": "true" }, `— ${n} —`)));
        y = 0;
      };
      turn();
      const column = el("div", { class: "d-core" });
      fill(this.measure, column);
      const text = this.blocks.filter((b) => !IMPRINT.has(b.kind));
      const set = text.map((b) => {
        const e = this.element(b);
        column.append(e);
        return e;
      });
      const heights = set.map((e) => e.getBoundingClientRect().height);
      const move = (e, h, space) => {
        if (space) e.style.marginTop = `${space}px`;
        core.append(e);
        y += h + space;
      };
      text.forEach((block, i) => {
        let e = set[i];
        let height = heights[i];
        let space = block.space;
        if (block.kind === "annex" && y) turn();
        if (block.ruled) e.classList.add("d-ruled");
        if (!y && sheets.length > 1 && block.kind !== "title") space = 0;
        const holds = block.kind === "heading" && !/[。；！？]$/.test(this.words(block)) || HEAD.has(block.kind) || block.kind === "caption";
        const keep = holds && text[i + 1] ? LINE : 0;
        if (block.kind === "table") {
          this.rows(block, e, space, () => CORE - y, move, () => { turn(); space = 0; });
          return;
        }
        let start = block.start;
        while (y + space + height + keep > CORE + 1) {
          const lines = Math.floor((CORE - y - space + 1) / LINE);
          const can = !keep && block.kind !== "masthead" && lines > 0 && height > LINE * 1.5;
          const cut = can ? this.cut(e, start, lines) : start;
          if (cut <= start || cut >= block.end) {
            if (!y) break;
            turn();
            space = 0;
            continue;
          }
          const head = this.element(block, start, cut);
          if (start > block.start) head.classList.add("d-rest");
          head.classList.add("d-cut");
          move(head, lines * LINE, space);
          start = cut;
          e.remove();
          e = this.element(block, start, block.end);
          e.classList.add("d-rest");
          column.append(e);
          height = e.getBoundingClientRect().height;
          turn();
          space = 0;
        }
        move(e, height, space);
      });
      const foot = this.blocks.filter((b) => IMPRINT.has(b.kind));
      if (foot.length) {
        const box = el("div", { class: "d-imprint" }, ...foot.map((b) => this.element(b)));
        fill(column, box);
        const height = box.getBoundingClientRect().height;
        if (y + height > CORE) turn();
        core.append(box);
      }
      fill(this.measure);
      return sheets;
    }

    /** A table's rows on pages, its head again on each. */
    rows(block, table, space, room, move, turn) {
      const heights = [...table.rows].map((r) => r.getBoundingClientRect().height);
      const rows = [...table.rows];
      const head = rows[0].querySelector("th") ? rows[0] : null;
      let part = null;
      let height = 0;
      const close = () => {
        if (part) move(part, height, space);
        part = null;
        space = 0;
      };
      rows.forEach((row, i) => {
        const more = (part ? height : head && i ? heights[0] : 0) + heights[i] + (part ? 0 : space);
        if (more > room() + 1 && (part || room() < CORE)) {
          close();
          turn();
        }
        if (!part) {
          part = el("table", { class: table.className }, el("tbody"));
          height = 0;
          if (head && i) {
            part.tBodies[0].append(head.cloneNode(true));
            height = heights[0];
          }
        }
        part.tBodies[0].append(row);
        height += heights[i];
      });
      close();
      table.remove();
    }

    /** The code point at which line `lines` (from 0) of an element begins. */
    cut(e, start, lines) {
      const walk = document.createTreeWalker(e, NodeFilter.SHOW_TEXT);
      const spots = [];
      let at = start;
      for (let node; (node = walk.nextNode()); ) {
        let unit = 0;
        for (const c of node.data) {
          spots.push([node, unit, c.length, at++]);
          unit += c.length;
        }
      }
      const range = document.createRange();
      const top = e.getBoundingClientRect().top + lines * LINE;
      const below = ([node, unit, length]) => {
        range.setStart(node, unit);
        range.setEnd(node, unit + length);
        const box = range.getBoundingClientRect();
        return box.top + box.height / 2 >= top;
      };
      let [low, high] = [0, spots.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (below(spots[middle])) high = middle;
        else low = middle + 1;
      }
      return low < spots.length ? spots[low][3] : start;
    }

    /** Scales the pages to their pane. */
    fit() {
      const room = this.frame.clientWidth - 2;
      if (this.flow || !room || !this.count) {
        this.pages.style.transform = "";
        this.pages.style.marginBottom = "";
        this.pages.style.width = "";
        return;
      }
      const scale = this.zoom || Math.min(1.25, (room - 16) / SHEET);
      this.pages.style.width = `${SHEET + 2}px`;
      this.pages.style.transform = `translateX(${Math.max(0, (room - SHEET * scale) / 2)}px) scale(${scale})`;
      // What is scaled still takes the room of its full size.
      this.pages.style.marginBottom = `${this.pages.offsetHeight * (scale - 1)}px`;
    }

    // ---- Where a word came from ----

    listen() {
      const of = (event) => event.target.closest && event.target.closest("[data-piece], [data-finding]");
      // A browser makes a hover, and its end, of a touch; only a mouse's are meant.
      let finger = false;
      let held = null;
      addEventListener("pointermove", (event) => { finger = event.pointerType === "touch"; }, { passive: true });
      this.pages.addEventListener("pointerdown", (event) => {
        finger = event.pointerType === "touch";
        held = this.told;
      });
      this.pages.addEventListener("mouseover", (event) => {
        if (finger) return;
        if (of(event)) this.tell(of(event));
        else this.hide();
      });
      this.pages.addEventListener("mouseleave", () => { if (!finger) this.hide(); });
      this.pages.addEventListener("focusin", (event) => { if (of(event)) this.tell(of(event)); });
      this.pages.addEventListener("focusout", () => this.hide());
      this.frame.addEventListener("scroll", () => this.hide(), { passive: true });
      this.pages.addEventListener("click", (event) => {
        const span = of(event);
        if (!span) this.hide();
        if (!span || !getSelection().isCollapsed) return;
        // A finger cannot hover: its first touch tells, the second goes.
        if (finger && held !== span) this.tell(span);
        else this.go(span);
      });
      this.pages.addEventListener("keydown", (event) => {
        const span = of(event);
        if (!span) return;
        const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
        if (step) {
          const all = [...this.pages.querySelectorAll("[data-piece]")];
          const next = all[all.indexOf(span) + step];
          if (next) this.focus(next);
        } else if (event.key === "Enter" || event.key === " ") this.go(span);
        else if (event.key === "Escape") this.hide();
        else return;
        event.preventDefault();
      });
    }

    focus(span) {
      for (const other of this.pages.querySelectorAll('[data-piece][tabindex="0"]')) other.removeAttribute("tabindex");
      span.tabIndex = 0;
      span.focus();
      this.tell(span);
    }

    go(span) {
      const piece = this.answer.pieces[span.dataset.piece];
      if (piece) this.goto(piece);
    }

    /** The words of a bubble: what a piece is, and what is found there. */
    lines(span) {
      const piece = this.answer.pieces[span.dataset.piece];
      const finding = this.answer.findings[span.dataset.finding];
      const out = [];
      if (piece) {
        const named = piece.keys || [piece.key].filter(Boolean);
        const keys = named.map((key, i) => (this.nameOf && this.nameOf((piece.paths || [])[i] || key)) || key);
        const value = this.words(piece);
        const place = piece.place && piece.place !== "表单.yaml" ? piece.place : "";
        if (span.classList.contains("d-blank")) out.push(["b", say("还没填：", "Not filled in yet: ") + (keys[0] || value)]);
        else if (piece.from === "fact") {
          out.push(["b", say("事实 ", "Fact ") + (keys[0] || piece.label)], ["p", value]);
          const where = this.placeOf ? this.placeOf(piece) : place;
          if (where) out.push(["p", say("出处：", "From: ") + where]);
        } else if (piece.from === "computed") {
          out.push(["b", say("由程序算出", "Computed")], ["p", value], ["p", say("根据：", "From: ") + (keys.length ? this.sources(piece, keys) : piece.label)]);
        } else if (piece.from === "phrase") out.push(["b", say("套语", "Phrase")], ["p", piece.label.replace(/^(套语|phrase) /, "")]);
        else out.push(["b", say("模板里的话", "The template's words")], ["p", piece.label.replace(/^(模板|template) /, "")]);
        if (piece.from === "fact" || piece.from === "computed") out.push(["small", say("点一下（或按回车）去填写处", "Click (or Enter) to go to its field")]);
      }
      if (finding && !span.classList.contains("d-blank")) out.push(["em", finding.message]);
      return out;
    }

    sources(piece, keys) {
      const value = this.valueOf || (() => "");
      return keys.map((key, i) => {
        const v = value((piece.paths || [])[i] || key);
        return v ? `${key} = ${v}` : key;
      }).join(say("；", "; "));
    }

    tell(span) {
      const lines = this.lines(span);
      if (!lines.length) return;
      if (this.told) this.told.removeAttribute("aria-describedby");
      for (const on of this.pages.querySelectorAll(".d-now")) on.classList.remove("d-now");
      for (const on of this.pages.querySelectorAll(`[data-piece="${span.dataset.piece}"]`)) on.classList.add("d-now");
      this.told = span;
      span.setAttribute("aria-describedby", "d-bubble");
      fill(this.bubble, ...lines.map(([tag, words]) => el(tag, {}, words)));
      this.bubble.hidden = false;
      const box = span.getClientRects()[0] || span.getBoundingClientRect();
      const mine = this.bubble.getBoundingClientRect();
      const left = Math.max(8, Math.min(box.left, innerWidth - mine.width - 8));
      const over = box.top - mine.height - 8;
      this.bubble.style.left = `${left}px`;
      this.bubble.style.top = `${over > 8 ? over : Math.min(box.bottom + 8, innerHeight - mine.height - 8)}px`;
    }

    hide() {
      this.bubble.hidden = true;
      if (this.told) this.told.removeAttribute("aria-describedby");
      this.told = null;
      for (const on of this.pages.querySelectorAll(".d-now")) on.classList.remove("d-now");
    }

    /** Shows a finding in the pages. */
    point(index) {
      const span = this.pages.querySelector(`[data-finding="${index}"]`);
      if (!span) return;
      span.scrollIntoView({ block: "center" });
      if (span.dataset.piece) this.focus(span);
      else this.tell(span);
    }
  }

  W.preview = { Preview };
})();
